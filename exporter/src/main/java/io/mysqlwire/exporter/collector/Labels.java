package io.mysqlwire.exporter.collector;

import java.util.ArrayList;
import java.util.List;

/** Lists of label names and values, in the order they are exposed. */
final class Labels {
  private Labels() {}

  static List<String> plus(List<String> labels, String... more) {
    List<String> all = new ArrayList<>(labels.size() + more.length);
    all.addAll(labels);
    all.addAll(List.of(more));
    return all;
  }
}
