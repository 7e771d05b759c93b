package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Reads which backends there are, by their ids. Not thread-safe. */
final class BackendReader {
  private static final String MAP = "backend_ids";
  private static final Backend OTHER = new Backend("other", "other", "");

  private final ReadableMap identities;
  private final KnownBackends known = new KnownBackends();

  BackendReader(long handle) {
    identities = ReadableMap.whole(handle, MAP, MapLayout.IDENTITY.padded(), Long.BYTES);
  }

  /** Backends by id; id 0 is that of all that have none. */
  Map<Integer, Backend> read() {
    int n = identities.read();
    Map<Integer, Backend> backends = new HashMap<>();
    backends.put(0, OTHER);
    ByteBuffer elements = identities.elements();
    for (int i = 0; i < n; i++) {
      int id = elements.getInt(identities.value(i));
      backends.put(id, known.of(id, elements, identities.key(i), this::backend));
    }
    known.keepOnly(backends);
    return backends;
  }

  MapFill fill(Map<Integer, Backend> read) {
    return new MapFill(MAP, read.size() - 1, identities.room());
  }

  private Backend backend(int at) {
    ByteBuffer elements = identities.elements();
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
