package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.Backend;
import java.util.ArrayList;
import java.util.List;

/** Lists of label names and values, in the order they are exposed. */
final class Labels {
  /** The key K of the contract. */
  static final List<String> BACKEND = List.of("server", "backend", "user");

  private Labels() {}

  static List<String> of(Backend backend) {
    return List.of(backend.server(), backend.backend(), backend.user());
  }

  static List<String> plus(List<String> labels, String... more) {
    List<String> all = new ArrayList<>(labels.size() + more.length);
    all.addAll(labels);
    all.addAll(List.of(more));
    return all;
  }
}
