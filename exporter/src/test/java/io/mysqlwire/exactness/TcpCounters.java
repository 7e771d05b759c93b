package io.mysqlwire.exactness;

import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What TCP went through in this network namespace, as the kernel counts it. */
final class TcpCounters {
  static final String RETRANSMITTED = "RetransSegs";
  static final String AHEAD_OF_A_HOLE = "TCPOFOQueue";
  static final String DUPLICATES = "TCPDSACKOldSent";

  private static final List<String> NAMES = List.of(RETRANSMITTED, AHEAD_OF_A_HOLE, DUPLICATES);

  private final Map<String, Long> counters;

  private TcpCounters(Map<String, Long> counters) {
    this.counters = counters;
  }

  /** Each line of names is followed by one of values (net/ipv4/proc.c). */
  static TcpCounters read() throws IOException {
    Map<String, Long> counters = new HashMap<>();
    for (String file : List.of("/proc/net/snmp", "/proc/net/netstat")) {
      List<String> lines = Files.readAllLines(Path.of(file));
      for (int i = 0; i + 1 < lines.size(); i += 2) {
        String[] names = lines.get(i).split(" ", -1);
        String[] values = lines.get(i + 1).split(" ", -1);
        for (int column = 1; column < names.length; column++) {
          if (NAMES.contains(names[column])) {
            counters.put(names[column], Long.valueOf(values[column]));
          }
        }
      }
    }
    return new TcpCounters(counters);
  }

  Tally since(TcpCounters before) {
    Tally growth = new Tally();
    counters.forEach(
        (name, value) -> growth.add(name, value - before.counters.getOrDefault(name, 0L)));
    return growth;
  }
}
