package io.mysqlwire.exporter.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, started the way a shell would, on the tests' class path. */
public final class ExporterProcess {
  private static final int PATIENCE_SECONDS = 240;

  private ExporterProcess() {}

  /** How a process ended. */
  public record Outcome(int status, String out, String err) {}

  /** The JVM call that runs the program with {@code arguments}. */
  public static List<String> command(String classPath, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "io.mysqlwire.exporter.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  public static Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(command(classPath(), arguments), Map.of());
  }

  /** Runs to its end. */
  public static Outcome run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("exporter", ".out");
    Path err = Files.createTempFile("exporter", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + Files.readString(err));
      }
      return new Outcome(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
