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
          "fdatasync_returned");

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
