package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program's commands on one pin path; unloads when closed. */
final class PinnedExporter implements AutoCloseable {
  /** The first of the taps under test. */
  static final String TAP = System.getProperty("mysqlwire.tap", "cgroup").split(",", -1)[0];

  private final Path directory;
  private final Path pins;

  private PinnedExporter(Path directory) {
    this.directory = directory;
    this.pins = directory.resolve("bpf");
  }

  /** One with a pin path of its own, where nothing is loaded; every user may enter it. */
  static PinnedExporter inFreshDirectory() throws IOException {
    Path directory = Leftovers.directory("mysqlwire pins-");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new PinnedExporter(directory);
  }

  Path pins() {
    return pins;
  }

  /** Runs {@code load} of the tap under test to its end. */
  Outcome load(int port, String... flags) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("load", "--mysql.port=" + port));
    if (Arrays.stream(flags).noneMatch(flag -> flag.startsWith("--tap"))) {
      arguments.add("--tap=" + TAP);
    }
    arguments.addAll(List.of(flags));
    return run(arguments);
  }

  void mustLoad(int port, String... flags) throws IOException, InterruptedException {
    Outcome outcome = load(port, flags);
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  Outcome unload() throws IOException, InterruptedException {
    return run(List.of("unload"));
  }

  private Outcome run(List<String> arguments) throws IOException, InterruptedException {
    return run(List.of(), ExporterProcess.classPath(), arguments.toArray(String[]::new));
  }

  /** Runs a command behind {@code wrapper}, e.g. setpriv, to its end. */
  Outcome run(List<String> wrapper, String classPath, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(ExporterProcess.command(classPath, withPins(List.of(arguments))));
    return ExporterProcess.run(command, Map.of());
  }

  /** Runs a {@code serve} that can't serve. */
  Outcome refusedServe(List<String> wrapper, String classPath)
      throws IOException, InterruptedException {
    return run(wrapper, classPath, "serve", "--web.listen-address=127.0.0.1:0");
  }

  private String[] withPins(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--bpf.pin-path=" + pins);
    return all.toArray(String[]::new);
  }

  /** Starts {@code serve} behind {@code wrapper}, e.g. setpriv, and waits until it listens. */
  RunningExporter serve(List<String> wrapper, String classPath, int webPort) throws Exception {
    List<String> command = new ArrayList<>(wrapper);
    List<String> arguments =
        List.of("serve", "--web.listen-address=127.0.0.1:" + webPort, "--log.level=debug");
    command.addAll(ExporterProcess.command(classPath, withPins(arguments)));
    return RunningExporter.start(command);
  }

  @Override
  public void close() throws IOException {
    try {
      Outcome outcome = unload();
      assertThat(outcome.status()).as(outcome.err()).isZero();
      assertThat(pins).doesNotExist();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Leftovers.delete(directory);
  }
}
