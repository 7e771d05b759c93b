package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.errors.ErrorTable;
import io.mysqlwire.exporter.names.BackendNames;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One reading of the kernel's maps as metric families. No count is kept between two scrapes: the
 * counters live in the kernel.
 */
public final class WireCollector extends Collector {
  private final Supplier<WireSnapshot> snapshots;
  private final TapChoice tap;
  private final String tapReason;
  private final LongSupplier nanoClock;
  private final BackendNames names;
  private final ResponseFamilies responseFamilies = new ResponseFamilies(ErrorTable.read());

  /** The same without names of backends. */
  public WireCollector(
      Supplier<WireSnapshot> snapshots, TapChoice tap, String tapReason, LongSupplier nanoClock) {
    this(snapshots, tap, tapReason, nanoClock, BackendNames.NONE);
  }

  /**
   * Collects from {@code snapshots}, asked once per scrape.
   *
   * @param tap which tap runs
   * @param tapReason why that one
   * @param nanoClock {@link System#nanoTime} but in tests
   * @param names names of backends; {@link BackendNames#NONE} exposes no family for them
   */
  public WireCollector(
      Supplier<WireSnapshot> snapshots,
      TapChoice tap,
      String tapReason,
      LongSupplier nanoClock,
      BackendNames names) {
    this.snapshots = snapshots;
    this.tap = tap;
    this.tapReason = tapReason;
    this.nanoClock = nanoClock;
    this.names = names;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    long start = nanoClock.getAsLong();
    WireSnapshot snapshot = snapshots.get();
    List<MetricFamilySamples> families = new ArrayList<>(32);
    responseFamilies.collect(snapshot, families);
    BackendFamilies.collect(snapshot.backends(), families);
    if (names != BackendNames.NONE) {
      families.add(BackendInfoFamily.collect(snapshot.backends(), names));
    }
    // The cgroup tap sees no fsync: no family beats one without samples.
    if (tap == TapChoice.TRACING) {
      families.add(FsyncFamily.collect(snapshot.fsyncs()));
    }
    TruthFamilies.collect(snapshot, families);
    families.add(tapInfo());
    KernelFamilies.collect(snapshot, families);
    families.add(scrapeDuration(nanoClock.getAsLong() - start));
    return families;
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
