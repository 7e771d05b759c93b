package io.mysqlwire.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How long a process was on a CPU. */
final class CpuTime {
  private CpuTime() {}

  /**
   * Nanoseconds of all threads that live, in user space and in the kernel: the sum of schedstat,
   * since the ticks of {@code stat} are 10 ms.
   */
  static double nanosecondsOf(long process) throws IOException {
    double nanoseconds = 0;
    Path threads = Path.of("/proc", Long.toString(process), "task");
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(threads)) {
      for (Path thread : directories) {
        try {
          String schedstat = Files.readString(thread.resolve("schedstat"));
          nanoseconds += Double.parseDouble(schedstat.split(" ", 2)[0]);
        } catch (NoSuchFileException e) {
          // Ended between the listing and here.
        }
      }
    }
    return nanoseconds;
  }
}
