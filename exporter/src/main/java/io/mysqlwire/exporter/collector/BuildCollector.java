package io.mysqlwire.exporter.collector;

import io.mysqlwire.exporter.build.BuildIdentity;
import io.prometheus.client.Collector;
import java.util.List;

/**
 * Which build runs on which Java.
 *
 * <pre>{@code
 * # TYPE mysql_wire_exporter_build_info gauge
 * mysql_wire_exporter_build_info{version="0.1.0",revision="841ece8",java_version="17.0.15",} 1.0
 * }</pre>
 */
public final class BuildCollector extends Collector {
  private final List<MetricFamilySamples> families;

  public BuildCollector(BuildIdentity build, String javaVersion) {
    Family family =
        Family.gauge(
            "mysql_wire_exporter_build_info",
            "Version and commit of the exporter and version of its Java runtime, always 1.",
            List.of("version", "revision", "java_version"));
    family.add(List.of(build.version(), build.revision(), javaVersion), 1);
    families = List.of(family.build());
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return families;
  }
}
