package io.mysqlwire.exactness;

import io.mysqlwire.testing.Leftovers;
import io.mysqlwire.testing.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What strace sees a server fsync, by class of file: the kernel's counts have to equal it. */
final class FsyncWitness implements AutoCloseable {
  /** The base name of the binary log that tests choose: not what servers choose by themselves. */
  static final String BINLOG = "orders-log";

  /** A bound, not an expectation. */
  private static final int END_SECONDS = 60;

  private static final Pattern CALL = Pattern.compile("(?:fsync|fdatasync)\\(\\d+<([^>]*)>");
  private static final String LOG = "\\.(\\d{6}(\\.idx)?|index|index_crash_safe|~rec~)";
  private static final Pattern REDO = Pattern.compile("ib_logfile\\d+|#ib_redo\\d+(_tmp)?");
  private static final Pattern BINLOGS = Pattern.compile(BINLOG + LOG);
  private static final Pattern RELAYLOGS = Pattern.compile(".*-relay-bin" + LOG);
  private static final Pattern DATA =
      Pattern.compile(".*\\.(ibd|ibt|dblwr|MYD|MYI|MAD|MAI)|ibdata1|ibtmp1|undo_?\\d{3}");

  private final Process strace;
  private final Path directory;

  private FsyncWitness(Process strace, Path directory) {
    this.strace = strace;
    this.directory = directory;
  }

  /** Watches from here to the end of the process, or to {@link #close}. */
  static FsyncWitness attach(long pid) throws IOException {
    Path directory = Leftovers.directory("mysqlwire-strace-");
    Process strace =
        Leftovers.start(
            new ProcessBuilder(
                "strace",
                "--follow-forks",
                "--decode-fds=path",
                "--trace=fsync,fdatasync",
                "--output=" + directory.resolve("calls"),
                "--attach=" + pid));
    FsyncWitness witness = new FsyncWitness(strace, directory);
    try {
      witness.awaitAttached();
    } catch (IOException e) {
      witness.close();
      throw e;
    }
    return witness;
  }

  /** It says so on standard error, then one line for each new thread: too little to fill a pipe. */
  @SuppressWarnings("resource") // of the process
  private void awaitAttached() throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(strace.getErrorStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null || !line.contains("attached")) {
      throw new IOException("strace did not attach: " + line);
    }
  }

  /** Calls by the label of their file, so far. */
  Tally fsyncs() throws IOException {
    Tally tally = new Tally();
    for (String line : Files.readAllLines(directory.resolve("calls"), StandardCharsets.UTF_8)) {
      Matcher call = CALL.matcher(line);
      if (call.find()) {
        tally.add(label(Path.of(call.group(1)).getFileName().toString()), 1);
      }
    }
    return tally;
  }

  private static String label(String file) {
    List<Pattern> patterns = List.of(REDO, BINLOGS, RELAYLOGS, DATA);
    List<String> labels = List.of("redo", "binlog", "relaylog", "data");
    for (Pattern pattern : patterns) {
      if (pattern.matcher(file).matches()) {
        return labels.get(patterns.indexOf(pattern));
      }
    }
    return "other";
  }

  /** Once the server has ended: it has seen all of it. */
  void awaitEnd() throws IOException, InterruptedException {
    if (!strace.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("strace did not end with its server");
    }
  }

  @Override
  public void close() throws IOException {
    Leftovers.end(strace);
    Leftovers.delete(directory);
  }
}
