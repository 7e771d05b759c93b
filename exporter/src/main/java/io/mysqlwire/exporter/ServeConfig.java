package io.mysqlwire.exporter;

import io.mysqlwire.exporter.names.NameSource;
import io.mysqlwire.exporter.web.ListenAddress;
import java.time.Duration;
import java.util.List;

/**
 * How what is counted is served.
 *
 * @param addresses to listen on
 * @param telemetryPath path of the metrics
 * @param names where names of backends come from
 * @param idleTimeout how long a backend is shown that has no connection and no response; zero for
 *     ever
 */
public record ServeConfig(
    List<ListenAddress> addresses, String telemetryPath, NameSource names, Duration idleTimeout) {}
