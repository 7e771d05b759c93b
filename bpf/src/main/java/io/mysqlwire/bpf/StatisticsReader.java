package io.mysqlwire.bpf;

import java.util.ArrayList;
import java.util.List;

/** Reads what the kernel says of the programs' runs. */
final class StatisticsReader {
  private static final List<String> PROGRAMS =
      List.of(
          "command_arrives",
          "command_arrives_bounded",
          "response_leaves",
          "response_leaves_bounded",
          "response_sent",
          "response_sent_2",
          "response_sent_3",
          "response_sent_4",
          "connection_closes",
          "fsync_called",
          "fsync_returned",
          "fdatasync_called",
          "fdatasync_returned",
          "unix_sent_1",
          "unix_sent_2",
          "unix_sent_3",
          "unix_sent_4",
          "unix_received_1",
          "unix_received_2",
          "unix_received_3",
          "unix_received_4",
          "unix_released_1",
          "unix_released_2",
          "unix_accepted_1",
          "unix_accepted_2",
          "server_listens",
          "server_starts",
          "server_writes",
          "server_logs_in",
          "server_begins_command");

  private final long handle;

  StatisticsReader(long handle) {
    this.handle = handle;
  }

  /** Of each program that has run; none while BPF statistics are off. */
  List<ProgramStatistics> read() {
    List<ProgramStatistics> statistics = new ArrayList<>();
    long[] figures = new long[2];
    for (String program : PROGRAMS) {
      if (Native.statistics(handle, program, figures) == 0 && figures[0] > 0) {
        statistics.add(new ProgramStatistics(program, figures[0], figures[1] / 1e9));
      }
    }
    return statistics;
  }
}
