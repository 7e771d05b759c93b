package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.build.BuildIdentity;
import io.mysqlwire.exporter.names.BackendNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exposition of a snapshot made by hand is, byte for byte, {@code golden.txt}. */
class WireCollectorGoldenTest {
  @ParameterizedTest
  @CsvSource({"TEXT, golden.txt", "OPENMETRICS, golden.openmetrics.txt"})
  void shouldExposeTheGoldenText(ExpositionFormat format, String file) throws IOException {
    assertThat(exposition(Snapshots.sample(), TapChoice.TRACING, format)).isEqualTo(golden(file));
  }

  @Test
  void shouldExposeEveryLostReasonFromTheFirstScrape() throws IOException {
    assertThat(exposition(Snapshots.empty()))
        .contains("mysql_wire_lost_total{reason=\"backends_full\",} 0.0\n")
        .contains("mysql_wire_lost_total{reason=\"malformed\",} 0.0\n")
        .doesNotContain("bpf_program");
  }

  @Test
  void shouldExposeFsyncsWithTheTracingTapOnly() throws IOException {
    assertThat(exposition(Snapshots.empty(), TapChoice.TRACING))
        .contains("# TYPE mysql_wire_fsync_seconds histogram\n");
    assertThat(exposition(Snapshots.empty(), TapChoice.CGROUP)).doesNotContain("fsync_seconds");
  }

  @Test
  void shouldPassPromtool(@TempDir Path directory) throws IOException, InterruptedException {
    Path exposition = directory.resolve("metrics.txt");
    Files.writeString(exposition, golden("golden.txt"));
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(exposition.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEmpty();
    assertThat(promtool.waitFor()).isZero();
  }

  private static String exposition(WireSnapshot snapshot) throws IOException {
    return exposition(snapshot, TapChoice.TRACING);
  }

  private static String exposition(WireSnapshot snapshot, TapChoice tap) throws IOException {
    return exposition(snapshot, tap, ExpositionFormat.TEXT);
  }

  private static String exposition(WireSnapshot snapshot, TapChoice tap, ExpositionFormat format)
      throws IOException {
    AtomicLong clock = new AtomicLong();
    WireCollector wire =
        new WireCollector(
            () -> snapshot,
            () -> Snapshots.loaded(tap),
            () -> clock.getAndAdd(2_000_000),
            BackendNames.NONE,
            Snapshots::servers);
    BuildCollector build = new BuildCollector(new BuildIdentity("1.2.3", "4d5e6f"), "17.0.15");
    List<ExposedFamily> families = new ArrayList<>(wire.collect());
    build.collect().forEach(samples -> families.add(new SampledFamily(samples)));
    return Texts.of(families, format);
  }

  private static String golden(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(WireCollectorGoldenTest.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
