package io.mysqlwire.matrix;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The matrix for people: responses compared in each cell, and why the others cannot be. */
final class MatrixTable {
  private MatrixTable() {}

  static String of(String server, List<MatrixClient> clients, List<Cell> cells) {
    StringBuilder table = new StringBuilder();
    table.append(String.format("%n%-20s", server));
    clients.forEach(client -> table.append(String.format(" %19s", client.label())));
    for (Topic topic : Topic.values()) {
      table.append(String.format("%n%-20s", topic.label()));
      for (MatrixClient client : clients) {
        String figure =
            cells.stream()
                .filter(cell -> cell.topic() == topic && cell.client().equals(client.label()))
                .map(Cell::figure)
                .findFirst()
                .orElse("?");
        table.append(String.format(" %19s", figure));
      }
    }
    long tried = cells.stream().filter(cell -> cell.reason().isEmpty()).count();
    table.append(
        String.format(
            "%n%d cells, %d responses and %d commands compared; not possible:",
            tried,
            cells.stream().mapToLong(Cell::responses).sum(),
            cells.stream().mapToLong(Cell::commands).sum()));
    reasons(cells).forEach((reason, where) -> table.append("\n  " + reason + ": " + where));
    return table.append("\n").toString();
  }

  private static Map<String, String> reasons(List<Cell> cells) {
    Map<String, TreeSet<String>> byReason = new TreeMap<>();
    for (Cell cell : cells) {
      if (!cell.reason().isEmpty()) {
        byReason
            .computeIfAbsent(cell.client() + ", " + cell.reason(), reason -> new TreeSet<>())
            .add(cell.topic().label());
      }
    }
    return byReason.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> String.join(" ", entry.getValue()),
                (one, two) -> one,
                TreeMap::new));
  }
}
