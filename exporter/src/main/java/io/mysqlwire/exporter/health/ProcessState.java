package io.mysqlwire.exporter.health;

import io.mysqlwire.servers.ProcessStat;
import io.mysqlwire.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel says of a process to everybody: proc(5), {@code stat}.
 *
 * @param stopped by a signal (SIGSTOP), or by a debugger
 * @param cpuSeconds that it has used
 * @param ageSeconds since it began
 */
record ProcessState(boolean stopped, double cpuSeconds, double ageSeconds) {
  /** USER_HZ, which is 100 on every architecture of Linux that Java runs on. */
  private static final double TICKS = 100;

  private static final int STATE = 0;
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /** Empty when it has ended. */
  static Optional<ProcessState> of(ServerProcess process) {
    try {
      List<String> fields = ProcessStat.of(process.directory());
      if (fields.size() <= SYSTEM_TIME || "ZX".contains(fields.get(STATE))) {
        return Optional.empty();
      }
      String uptime = Files.readString(java.nio.file.Path.of("/proc/uptime"));
      return Optional.of(
          new ProcessState(
              fields.get(STATE).equalsIgnoreCase("T"),
              (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME)))
                  / TICKS,
              Double.parseDouble(uptime.split(" ", 2)[0]) - process.started() / TICKS));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
