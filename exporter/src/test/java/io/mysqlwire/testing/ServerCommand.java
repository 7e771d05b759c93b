package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a program to its end and says what its log says when it fails. */
final class ServerCommand {
  /** Far longer than any takes, also under emulation: a bound, not an expectation. */
  private static final int LIMIT_SECONDS = 300;

  private static final int TAIL_LINES = 30;

  private ServerCommand() {}

  static void run(List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            command.get(0) + " did not end in " + LIMIT_SECONDS + " s; " + tail(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command.get(0), e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          command.get(0) + " failed with status " + process.exitValue() + "; " + tail(log));
    }
  }

  /** The last lines of a log, with its name. */
  static String tail(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "there is no log " + log;
    }
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - TAIL_LINES))
        .collect(Collectors.joining("\n  ", log + " ends:\n  ", ""));
  }

  static void require(boolean done, String complaint, Path path) throws IOException {
    if (!done) {
      throw new IOException(complaint + ": " + path);
    }
  }
}
