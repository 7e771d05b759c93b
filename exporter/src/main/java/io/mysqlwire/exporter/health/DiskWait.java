package io.mysqlwire.exporter.health;

import io.mysqlwire.bpf.FsyncInFlight;
import io.mysqlwire.servers.ProcessStat;
import java.nio.file.Path;
import java.util.List;

/** Whether a thread waits for a disk. */
final class DiskWait {
  private DiskWait() {}

  /** False for one that has ended, or that this process does not see. */
  static boolean is(FsyncInFlight call) {
    List<String> stat =
        ProcessStat.of(
            Path.of(
                "/proc",
                Integer.toString(call.process()),
                "task",
                Integer.toString(call.thread())));
    return !stat.isEmpty() && stat.get(0).equals("D");
  }
}
