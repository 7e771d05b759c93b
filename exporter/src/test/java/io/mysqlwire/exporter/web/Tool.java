package io.mysqlwire.exporter.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs curl and openssl within bounds. */
final class Tool {
  private static final int LIMIT_SECONDS = 60;

  private Tool() {}

  /**
   * What became of it.
   *
   * @param status exit status
   * @param out standard output and standard error
   */
  record Result(int status, String out) {}

  static Result run(Path directory, String input, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("tool", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended without reading: its status says more.
      }
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command + " did not end in " + LIMIT_SECONDS + " s");
      }
      return new Result(
          process.exitValue(), new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
    }
  }
}
