package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads which backends there are, by their ids. Not thread-safe. */
final class BackendReader {
  private static final String MAP = "backend_ids";
  private static final Backend OTHER = new Backend("other", "other", "");

  private final ReadableMap identities;
  private final KnownBackends known = new KnownBackends();
  private int[] ports = {};

  BackendReader(long handle) {
    identities = ReadableMap.whole(handle, MAP, MapLayout.IDENTITY.padded(), Long.BYTES);
  }

  /** Backends by id; id 0 is that of all that have none. */
  Map<Integer, Backend> read() {
    int n = identities.read();
    Map<Integer, Backend> backends = new HashMap<>();
    backends.put(0, OTHER);
    ByteBuffer elements = identities.elements();
    IntFunction<Backend> read = at -> backend(elements, at);
    for (int i = 0; i < n; i++) {
      int id = elements.getInt(identities.value(i));
      int key = identities.key(i);
      backends.put(id, known.of(id, elements, key, read));
      keepPort(id, Short.toUnsignedInt(elements.getShort(key + MapLayout.IDENTITY_PORT.get())));
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

  /** Port of a backend's server, as of the last {@link #read}; 0 for one that came later. */
  int port(int id) {
    return id < ports.length ? ports[id] : 0;
  }

  MapFill fill(Map<Integer, Backend> read) {
    return new MapFill(MAP, read.size() - 1, identities.room());
  }

  /** The backend of a key, which is at that offset. */
  static Backend backend(ByteBuffer elements, int at) {
    int zone = at + MapLayout.IDENTITY_ZONE.get();
    String server =
        ServerLabel.of(
            elements,
            at + MapLayout.IDENTITY_SERVER.get(),
            at + MapLayout.IDENTITY_PORT.get(),
            zone,
            at + MapLayout.IDENTITY_NAMESPACE.get());
    if (elements.get(at + MapLayout.IDENTITY_OTHER.get()) != 0) {
      return new Backend(server, "other", "");
    }
    int backend = at + MapLayout.IDENTITY_BACKEND.get();
    return new Backend(
        server, Address.text(elements, backend, elements.getInt(zone)), user(elements, at));
  }

  /** Longer than any name that is not cut, so no other account's. */
  private static String user(ByteBuffer elements, int at) {
    String user =
        ReadableMap.text(elements, at + MapLayout.IDENTITY_USER.get(), MapLayout.USER_MAX.get());
    return elements.get(at + MapLayout.IDENTITY_CUT.get()) == 0 ? user : user + "…";
  }
}
