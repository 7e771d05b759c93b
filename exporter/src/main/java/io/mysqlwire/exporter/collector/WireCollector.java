package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.errors.ErrorTable;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One reading of the kernel's maps as metric families. Nothing is kept between two scrapes: the
 * counters live in the kernel.
 */
public final class WireCollector {
  private final Supplier<WireSnapshot> snapshots;
  private final TapChoice tap;
  private final String tapReason;
  private final LongSupplier nanoClock;
  private final ResponseFamilies responseFamilies = new ResponseFamilies(ErrorTable.read());

  /**
   * Collects from {@code snapshots}, asked once per scrape.
   *
   * @param tap which tap runs
   * @param tapReason why that one
   * @param nanoClock {@link System#nanoTime} but in tests
   */
  public WireCollector(
      Supplier<WireSnapshot> snapshots, TapChoice tap, String tapReason, LongSupplier nanoClock) {
    this.snapshots = snapshots;
    this.tap = tap;
    this.tapReason = tapReason;
    this.nanoClock = nanoClock;
  }

  /** Reads the maps; what comes back is written from that one reading. */
  public List<ExposedFamily> collect() {
    long start = nanoClock.getAsLong();
    WireSnapshot snapshot = snapshots.get();
    LabelText labels = new LabelText(snapshot.backends().size());
    List<ExposedFamily> exposed = new ArrayList<>(32);
    responseFamilies.collect(snapshot, labels, exposed);
    BackendFamilies.collect(snapshot.backends(), labels, exposed);
    List<MetricFamilySamples> families = new ArrayList<>();
    // The cgroup tap sees no fsync: no family beats one without samples.
    if (tap == TapChoice.TRACING) {
      families.add(FsyncFamily.collect(snapshot.fsyncs()));
    }
    TruthFamilies.collect(snapshot, families);
    families.add(tapInfo());
    KernelFamilies.collect(snapshot, families);
    families.add(scrapeDuration(nanoClock.getAsLong() - start));
    families.forEach(family -> exposed.add(new SampledFamily(family)));
    return exposed;
  }

  private MetricFamilySamples tapInfo() {
    Family family =
        Family.gauge(
            "mysql_wire_tap_info",
            "Which tap watches responses and why that one, always 1.",
            List.of("tap", "reason"));
    family.add(List.of(tap.label(), tapReason), 1);
    return family.build();
  }

  private static MetricFamilySamples scrapeDuration(long nanoseconds) {
    Family family =
        Family.gauge(
            "mysql_wire_scrape_duration_seconds",
            "Seconds that reading the kernel's maps and making the samples took, of this scrape.",
            List.of());
    family.add(List.of(), nanoseconds / 1e9);
    return family.build();
  }
}
