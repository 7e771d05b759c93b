package io.mysqlwire.exporter.collector;

import io.prometheus.client.Collector;
import io.prometheus.client.hotspot.BufferPoolsExports;
import io.prometheus.client.hotspot.ClassLoadingExports;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryAllocationExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import io.prometheus.client.hotspot.VersionInfoExports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The families {@code process_} and {@code jvm_}, as simpleclient's {@code DefaultExports} has
 * them.
 *
 * <p>They decorate: one that fails is left out from then on, with one line in the log, and all else
 * is served. A JDK 17 in a private cgroup namespace with mounts of cgroup v1, for one, has a
 * NullPointerException for whoever asks for the operating system.
 */
public final class JvmCollector extends Collector {
  private static final Logger LOG = LoggerFactory.getLogger(JvmCollector.class);

  private final List<Collector> parts = new CopyOnWriteArrayList<>();

  /** With all that this JVM and host allow. */
  public JvmCollector() {
    this(
        List.of(
            StandardExports::new,
            MemoryPoolsExports::new,
            MemoryAllocationExports::new,
            BufferPoolsExports::new,
            GarbageCollectorExports::new,
            ThreadExports::new,
            ClassLoadingExports::new,
            VersionInfoExports::new));
  }

  JvmCollector(List<Supplier<Collector>> makers) {
    for (Supplier<Collector> maker : makers) {
      try {
        parts.add(maker.get());
      } catch (RuntimeException | LinkageError e) {
        warn(e);
      }
    }
  }

  @Override
  public List<MetricFamilySamples> collect() {
    List<MetricFamilySamples> families = new ArrayList<>();
    parts.removeIf(part -> !collect(part, families));
    return families;
  }

  private static boolean collect(Collector part, List<MetricFamilySamples> families) {
    try {
      return families.addAll(part.collect());
    } catch (RuntimeException | LinkageError e) {
      warn(e);
      return false;
    }
  }

  private static void warn(Throwable cause) {
    LOG.warn("left out: metrics of the JVM that this host keeps it from reading", cause);
  }
}
