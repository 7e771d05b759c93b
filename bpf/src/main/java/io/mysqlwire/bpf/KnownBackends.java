package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Backends by id as they were read before, so that their addresses are made into text once, and not
 * in each scrape.
 */
final class KnownBackends {
  private final Map<Integer, Known> known = new HashMap<>();

  private record Known(ByteBuffer key, Backend backend) {}

  /**
   * The backend of an entry of the map of identities.
   *
   * @param at where its key begins
   * @param read makes a backend of the key at that place
   */
  Backend of(int id, ByteBuffer entries, int at, IntFunction<Backend> read) {
    ByteBuffer key = entries.slice(at, MapLayout.IDENTITY.get());
    Known one = known.get(id);
    if (one == null || !one.key.equals(key)) {
      one = new Known(ByteBuffer.allocate(key.capacity()).put(key).flip(), read.apply(at));
      known.put(id, one);
    }
    return one.backend;
  }

  /** Forgets the ids that are in use no more. */
  void keepOnly(Map<Integer, Backend> used) {
    if (known.size() > used.size()) {
      known.keySet().retainAll(used.keySet());
    }
  }
}
