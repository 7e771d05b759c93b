package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.Mount;
import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A {@code load} that is not through: it still runs, was killed, or failed. Needs root. */
@Timeout(600)
class AbandonedLoadIT {
  /** No server listens there. */
  private static final int MYSQL_PORT = 20_306;

  private final PinnedExporter exporter;

  AbandonedLoadIT() throws Exception {
    exporter = PinnedExporter.inFreshDirectory();
  }

  @AfterEach
  void end() throws Exception {
    exporter.close();
  }

  @Test
  void shouldNotLoadWhileAnotherProcessDoes() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    long alive = ProcessHandle.current().pid();
    Files.createDirectory(loading(alive));
    Outcome outcome = exporter.load(MYSQL_PORT);
    assertThat(outcome.err())
        .startsWith("mysql-wire-exporter: process " + alive + " is loading")
        .contains("try again")
        .hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void shouldLoadWhenAnotherProcessHasTheNumberOfOneThatWasKilled() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    ProcessHandle alive = ProcessHandle.current();
    Instant before = alive.info().startInstant().orElseThrow().minus(Duration.ofMinutes(1));
    Path abandoned = Files.createDirectory(loading(alive.pid()));
    Files.setLastModifiedTime(abandoned, FileTime.from(before));
    exporter.mustLoad(MYSQL_PORT);
    assertThat(abandoned).doesNotExist();
  }

  @Test
  void shouldLeaveNoMountWhenTheKernelRefuses() throws Exception {
    Outcome outcome = exporter.load(MYSQL_PORT, "--bpf.pin-group=no-such-group");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    assertThat(Mount.all()).noneMatch(mount -> mount.place().equals(exporter.pins()));
    assertThat(exporter.pins()).doesNotExist();
  }

  private Path loading(long pid) {
    return exporter.pins().resolve("loading-" + pid);
  }
}
