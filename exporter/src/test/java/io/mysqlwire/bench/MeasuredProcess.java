package io.mysqlwire.bench;

import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of its own and what the kernel says about it. */
final class MeasuredProcess implements AutoCloseable {
  private final Path directory;
  private final Process process;
  private final long startedNanos;

  private MeasuredProcess(Path directory, Process process, long startedNanos) {
    this.directory = directory;
    this.process = process;
    this.startedNanos = startedNanos;
  }

  static MeasuredProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    Path directory = Leftovers.directory("mysqlwire-bench-");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    return new MeasuredProcess(directory, Leftovers.start(builder), started);
  }

  /** Seconds since just before exec. */
  double age() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it said so far. */
  String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  /** Milliseconds on a CPU of all threads that live; both exporters keep theirs. */
  double cpuMilliseconds() throws IOException {
    return CpuTime.nanosecondsOf(process.pid()) / 1e6;
  }

  /** A size of {@code status} in MiB: VmRSS or VmHWM. */
  double mebibytes(String field) throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith(field + ":")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("no " + field + " in the status of process " + process.pid());
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  @Override
  public void close() throws IOException {
    Leftovers.end(process);
    Leftovers.delete(directory);
  }
}
