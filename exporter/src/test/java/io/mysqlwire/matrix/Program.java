package io.mysqlwire.matrix;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a client program within bounds. */
final class Program {
  private static final int LIMIT_SECONDS = 120;

  private Program() {}

  /**
   * What became of it.
   *
   * @param status exit status
   * @param out standard output
   * @param err standard error
   */
  record Result(int status, String out, String err) {
    long lines() {
      return out.lines().count();
    }
  }

  /** What to do while a program runs. */
  interface Meanwhile {
    void run() throws InterruptedException;
  }

  static Result run(List<String> command, String input) throws IOException, InterruptedException {
    return run(command, input, Path.of("."));
  }

  static Result run(List<String> command, String input, Path directory)
      throws IOException, InterruptedException {
    return run(command, input, directory, false, () -> {});
  }

  /** Ends it once {@code meanwhile} is over: for programs that never end by themselves. */
  static void runDuring(List<String> command, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    run(command, "", Path.of("."), true, meanwhile);
  }

  private static Result run(
      List<String> command, String input, Path directory, boolean endless, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("mysqlwire", ".out");
    Path err = Files.createTempFile("mysqlwire", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .directory(directory.toFile())
            .start();
    try {
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      meanwhile.run();
      if (endless) {
        process.destroy();
      }
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command.get(0) + " did not end in " + LIMIT_SECONDS + " s");
      }
      return new Result(process.exitValue(), text(out), text(err));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
