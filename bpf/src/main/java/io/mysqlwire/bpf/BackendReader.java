package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads which backends there are, by their ids. Not thread-safe. */
final class BackendReader {
  private static final String MAP = "backend_ids";

  /** In place of a port: the server listens at a unix-domain socket. */
  static final int UNIX = -1;

  private static final Backend OTHER = new Backend("other", "other", "");

  private final ReadableMap identities;
  private final KnownBackends known = new KnownBackends();
  private final UnixNames unixNames;
  private int[] ports = {};

  BackendReader(long handle) {
    identities = ReadableMap.whole(handle, MAP, MapLayout.IDENTITY.padded(), Long.BYTES);
    unixNames = new UnixNames(handle);
  }

  /** Backends by id; id 0 is that of all that have none. */
  Map<Integer, Backend> read() {
    int n = identities.read();
    Map<Integer, Backend> backends = new HashMap<>();
    backends.put(0, OTHER);
    ByteBuffer elements = identities.elements();
    IntFunction<Backend> read = at -> backend(elements, at, unixNames::label);
    for (int i = 0; i < n; i++) {
      int id = elements.getInt(identities.value(i));
      int key = identities.key(i);
      backends.put(id, known.of(id, elements, key, read));
      int port = Short.toUnsignedInt(elements.getShort(key + MapLayout.IDENTITY_PORT.get()));
      keepPort(id, port == 0 ? UNIX : port);
    }
    known.keepOnly(backends);
    return backends;
  }

  private void keepPort(int id, int port) {
    if (id >= ports.length) {
      ports = Arrays.copyOf(ports, Math.max(2 * ports.length, id + 1));
    }
    ports[id] = port;
  }

  /**
   * Port of a backend's server, as of the last {@link #read}; {@link #UNIX} where it has none, 0
   * for a backend that came later.
   */
  int port(int id) {
    return id < ports.length ? ports[id] : 0;
  }

  MapFill fill(Map<Integer, Backend> read) {
    return new MapFill(MAP, read.size() - 1, identities.room());
  }

  /**
   * The backend of a key, which is at that offset.
   *
   * @param unixNames text of the name of a unix-domain socket, by its number
   */
  static Backend backend(ByteBuffer elements, int at, IntFunction<String> unixNames) {
    int zone = at + MapLayout.IDENTITY_ZONE.get();
    int server = at + MapLayout.IDENTITY_SERVER.get();
    int namespace = at + MapLayout.IDENTITY_NAMESPACE.get();
    int port = at + MapLayout.IDENTITY_PORT.get();
    if (elements.getShort(port) == 0) {
      String name = unixNames.apply(elements.getInt(server));
      return backend(elements, at, ServerLabel.of(name, elements.getInt(namespace)), "unix");
    }
    return backend(elements, at, ServerLabel.of(elements, server, port, zone, namespace), null);
  }

  /**
   * The same once it is known which server's.
   *
   * @param local name of clients without an address; null where all have one
   */
  private static Backend backend(
      ByteBuffer elements, int at, String server, @Nullable String local) {
    if (elements.get(at + MapLayout.IDENTITY_OTHER.get()) != 0) {
      return new Backend(server, "other", "");
    }
    int backend = at + MapLayout.IDENTITY_BACKEND.get();
    int zone = elements.getInt(at + MapLayout.IDENTITY_ZONE.get());
    String text =
        local != null && Address.isNone(elements, backend)
            ? local
            : Address.text(elements, backend, zone);
    return new Backend(server, text, user(elements, at));
  }

  /** Longer than any name that is not cut, so no other account's. */
  private static String user(ByteBuffer elements, int at) {
    String user =
        ReadableMap.text(elements, at + MapLayout.IDENTITY_USER.get(), MapLayout.USER_MAX.get());
    return elements.get(at + MapLayout.IDENTITY_CUT.get()) == 0 ? user : user + "…";
  }
}
