package io.mysqlwire.exporter.web;

import java.util.List;

/**
 * What people should know of a running exporter, and what does not change while it runs.
 *
 * @param version of the program
 * @param telemetryPath where the metrics are
 * @param tap which tap runs
 * @param tapReason why that one
 * @param ports server ports that are watched
 */
public record About(
    String version, String telemetryPath, String tap, String tapReason, List<Integer> ports) {
  public About {
    ports = List.copyOf(ports);
  }
}
