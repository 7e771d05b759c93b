package io.mysqlwire.exporter.health;

import io.mysqlwire.bpf.FsyncInFlight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a thread waits for a disk, as everybody may ask: proc(5), {@code stat}. */
final class DiskWait {
  private DiskWait() {}

  /** False for one that has ended, or that this process does not see. */
  static boolean is(FsyncInFlight call) {
    Path thread =
        Path.of("/proc", Integer.toString(call.process()), "task", Integer.toString(call.thread()));
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.startsWith(") D ", stat.lastIndexOf(')'));
    } catch (IOException e) {
      return false;
    }
  }
}
