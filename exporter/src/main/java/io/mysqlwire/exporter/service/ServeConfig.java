package io.mysqlwire.exporter.service;

import io.mysqlwire.exporter.names.NameSource;
import io.mysqlwire.exporter.servers.ServerBinaries;
import io.mysqlwire.exporter.web.ListenAddress;
import io.mysqlwire.exporter.web.WebAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How what is counted is served.
 *
 * @param addresses to listen on
 * @param access TLS and who may read the pages; everybody over plain HTTP when it is empty
 * @param telemetryPath path of the metrics
 * @param names where names of backends come from
 * @param idleTimeout how long a backend is shown that has no connection and no response; zero for
 *     ever
 * @param binaries who makes encrypted connections of servers readable
 */
public record ServeConfig(
    List<ListenAddress> addresses,
    Optional<WebAccess> access,
    String telemetryPath,
    NameSource names,
    Duration idleTimeout,
    ServerBinaries binaries) {}
