package io.mysqlwire.exporter.web;

import io.mysqlwire.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program itself, with the heap that its launcher gives it. Needs root. */
final class RunningExporter implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("address=127\\.0\\.0\\.1:(\\d+)");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final int port;

  private RunningExporter(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  static RunningExporter start(Path directory, String... flags) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xmx48m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.mysqlwire.exporter.Main",
                "run",
                "--tap=cgroup",
                "--mysql.port=21999",
                "--web.listen-address=127.0.0.1:0"));
    command.addAll(List.of(flags));
    Path log = directory.resolve("exporter.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int[] port = {0};
    try {
      Await.until(
          "the exporter listens",
          () -> {
            Matcher listening = LISTENING.matcher(Files.readString(log));
            if (listening.find()) {
              port[0] = Integer.parseInt(listening.group(1));
            } else if (!process.isAlive()) {
              throw new AssertionError("it ended: " + Files.readString(log));
            }
            return port[0] > 0;
          });
    } catch (Exception | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
    return new RunningExporter(process, log, port[0]);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Everything that it has logged. */
  String log() throws IOException {
    return Files.readString(log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
