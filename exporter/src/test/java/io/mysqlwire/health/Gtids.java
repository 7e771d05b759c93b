package io.mysqlwire.health;

import java.util.stream.Stream;

/** Numbers of transactions in sets of GTIDs. */
final class Gtids {
  private Gtids() {}

  /** Of a server, in a set such as {@code UUID:1-5:7,UUID:1-3}. */
  static long ofMysql(String set, String uuid) {
    return parts(set, ",")
        .filter(one -> one.startsWith(uuid + ":"))
        .flatMap(one -> parts(one.substring(uuid.length() + 1), ":"))
        .mapToLong(Gtids::length)
        .sum();
  }

  private static long length(String interval) {
    int dash = interval.indexOf('-');
    return dash < 0
        ? 1
        : Long.parseLong(interval.substring(dash + 1))
            - Long.parseLong(interval.substring(0, dash))
            + 1;
  }

  /** Of a server with a domain of its own that has its id, in one such as {@code 1-1-5,2-2-3}. */
  static long ofMariaDb(String set, String id) {
    return parts(set, ",")
        .filter(one -> one.startsWith(id + "-" + id + "-"))
        .mapToLong(one -> Long.parseLong(one.substring(one.lastIndexOf('-') + 1)))
        .sum();
  }

  private static Stream<String> parts(String text, String separator) {
    return Stream.of(text.split(separator, -1)).map(String::strip);
  }
}
