package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.BuildIdentity;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exposition of a snapshot made by hand is, byte for byte, {@code golden.txt}. */
class WireCollectorGoldenTest {
  @Test
  void shouldExposeTheGoldenText() throws IOException {
    assertThat(exposition(Snapshots.sample())).isEqualTo(golden());
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
    Files.writeString(exposition, golden());
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
    AtomicLong clock = new AtomicLong();
    WireCollector wire =
        new WireCollector(() -> snapshot, tap, "requested", () -> clock.getAndAdd(2_000_000));
    BuildCollector build = new BuildCollector(new BuildIdentity("1.2.3", "4d5e6f"), "17.0.15");
    List<MetricFamilySamples> families = new ArrayList<>(wire.collect());
    families.addAll(build.collect());
    StringWriter text = new StringWriter();
    TextFormat.write004(text, Collections.enumeration(families));
    return text.toString();
  }

  private static String golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(WireCollectorGoldenTest.class.getResourceAsStream("golden.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
