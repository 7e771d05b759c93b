package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapDescription;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.errors.ErrorTable;
import io.mysqlwire.exporter.names.BackendNames;
import io.mysqlwire.exporter.servers.WatchedServer;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One reading of the kernel's maps as metric families. No count is kept between two scrapes: the
 * counters live in the kernel.
 */
public final class WireCollector {
  private final Supplier<WireSnapshot> snapshots;
  private final Supplier<TapDescription> loaded;
  private final LongSupplier nanoClock;
  private final BackendNames names;
  private final Supplier<List<WatchedServer>> servers;
  private final ResponseFamilies responseFamilies = new ResponseFamilies(ErrorTable.read());

  /** Collects without names of backends and without servers, see below. */
  public WireCollector(
      Supplier<WireSnapshot> snapshots, Supplier<TapDescription> loaded, LongSupplier nanoClock) {
    this(snapshots, loaded, nanoClock, BackendNames.NONE);
  }

  /** Collects without servers. */
  public WireCollector(
      Supplier<WireSnapshot> snapshots,
      Supplier<TapDescription> loaded,
      LongSupplier nanoClock,
      BackendNames names) {
    this(snapshots, loaded, nanoClock, names, List::of);
  }

  /**
   * Collects from {@code snapshots}, asked once per scrape.
   *
   * @param loaded what runs; asked after each snapshot, for it may change
   * @param nanoClock {@link System#nanoTime} but in tests
   * @param names names of backends; {@link BackendNames#NONE} exposes no family for them
   * @param servers those that run here, as far as is known when a scrape asks
   */
  public WireCollector(
      Supplier<WireSnapshot> snapshots,
      Supplier<TapDescription> loaded,
      LongSupplier nanoClock,
      BackendNames names,
      Supplier<List<WatchedServer>> servers) {
    this.snapshots = snapshots;
    this.loaded = loaded;
    this.nanoClock = nanoClock;
    this.names = names;
    this.servers = servers;
  }

  /** Reads the maps; what comes back is written from that one reading. */
  public List<ExposedFamily> collect() {
    long start = nanoClock.getAsLong();
    WireSnapshot snapshot = snapshots.get();
    TapDescription running = loaded.get();
    LabelText labels = new LabelText(snapshot.backends().size());
    List<ExposedFamily> exposed = new ArrayList<>(32);
    responseFamilies.collect(snapshot, labels, exposed);
    BackendFamilies.collect(snapshot.backends(), labels, exposed);
    List<MetricFamilySamples> families = new ArrayList<>();
    if (names != BackendNames.NONE) {
      families.add(BackendInfoFamily.collect(snapshot.backends(), names));
    }
    // The cgroup tap sees no fsync: no family beats one without samples.
    if (running.tap() == TapChoice.TRACING) {
      families.add(FsyncFamily.collect(snapshot.fsyncs()));
    }
    TruthFamilies.collect(snapshot, families);
    families.add(ServerInfoFamily.collect(servers.get(), snapshot.backends()));
    families.add(tapInfo(running));
    families.add(attachments(running));
    KernelFamilies.collect(snapshot, families);
    families.add(scrapeDuration(nanoClock.getAsLong() - start));
    families.forEach(family -> exposed.add(new SampledFamily(family)));
    return exposed;
  }

  private static MetricFamilySamples tapInfo(TapDescription running) {
    Family family =
        Family.gauge(
            "mysql_wire_tap_info",
            "Which tap watches responses and why that one, always 1.",
            List.of("tap", "reason"));
    family.add(List.of(running.tap().label(), running.reason()), 1);
    return family.build();
  }

  private static MetricFamilySamples attachments(TapDescription running) {
    Family family =
        Family.counter(
            "mysql_wire_cgroup_attachments_total",
            "Times that the programs were attached to the watched cgroup: 1, and one more each time"
                + " it was removed and made anew.",
            List.of());
    family.add(List.of(), running.attachments());
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
