package io.mysqlwire.exporter.web.connection;

import java.time.Duration;

/**
 * What a client may take.
 *
 * @param connections open at once; past it goes the one that has been without a request longest
 * @param firstRequest time from the accept to the end of the first request's header, TLS handshake
 *     included
 * @param nextRequest the same, from the end of a response; also how long an idle one is kept
 * @param response time from the end of a request's header to the last byte of its response
 */
public record Limits(
    int connections, Duration firstRequest, Duration nextRequest, Duration response) {
  /** A scrape has 10 s by default: a client that is slower than that is none, or has given up. */
  public static final Limits USUAL =
      new Limits(128, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30));
}
