package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Leftovers;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal ends the process, whatever hangs; what it tells its supervisor. */
class ShutdownIT {
  /** A bound on the test, not on the program: the machine may be slow. */
  private static final int PATIENCE_SECONDS = 120;

  private static final Pattern LISTENING = Pattern.compile("address=127\\.0\\.0\\.1:([0-9]+)");

  @ParameterizedTest
  @CsvSource({
    "READ, 0, msg=closed",
    "READ_WITH_LOCK, 4, could not close everything in 5 s",
    "CLOSE, 4, could not close everything in 5 s",
    "CLOSE_FAILS, 4, java.lang.OutOfMemoryError: made up",
  })
  void shouldEndAndSayHow(HangingProgram.Hang hang, int status, String line) throws Exception {
    Process process = start(hang);
    try {
      BufferedReader log = process.errorReader();
      List<String> seen = new ArrayList<>();
      int port = port(log, seen);
      if (hang == HangingProgram.Hang.READ || hang == HangingProgram.Hang.READ_WITH_LOCK) {
        try (Socket scraper = new Socket(InetAddress.getLoopbackAddress(), port)) {
          scraper
              .getOutputStream()
              .write(
                  "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          await(log, seen, Pattern.compile("msg=reads"));
          terminate(process);
          assertThat(ended(process, log)).contains(line);
        }
      } else {
        terminate(process);
        assertThat(ended(process, log)).contains(line);
      }
      assertThat(process.exitValue()).isEqualTo(status);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldEndThoughNobodyReadsItsLog() throws Exception {
    Process process = start(HangingProgram.Hang.CLOSE_AND_LOG);
    try {
      port(process.errorReader(), new ArrayList<>());
      terminate(process);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(4);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(HangingProgram.Hang hang) throws Exception {
    List<String> command = new ArrayList<>(ExporterProcess.command(ExporterProcess.classPath()));
    command.set(command.size() - 1, HangingProgram.class.getName());
    command.add(hang.name());
    return Leftovers.start(new ProcessBuilder(command));
  }

  /** Unlike {@link Process#destroy} this leaves its standard error open. */
  private static void terminate(Process process) {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  private static int port(BufferedReader log, List<String> seen) throws Exception {
    return Integer.parseInt(await(log, seen, LISTENING).group(1));
  }

  /** The first line like this, among those seen already or to come: health reads from the start. */
  private static Matcher await(BufferedReader log, List<String> seen, Pattern wanted)
      throws Exception {
    for (String line : seen) {
      Matcher matcher = wanted.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
    String line = log.readLine();
    while (line != null) {
      seen.add(line);
      Matcher matcher = wanted.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
      line = log.readLine();
    }
    throw new AssertionError("no line with " + wanted + " but " + seen);
  }

  /** What it logs up to its end. */
  private static String ended(Process process, BufferedReader log) throws Exception {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("over").isTrue();
    return log.lines().collect(Collectors.joining("\n"));
  }
}
