package io.mysqlwire.exporter.servers;

import io.mysqlwire.servers.RunningServer;

/**
 * A running server and whether it can be read.
 *
 * @param server that runs
 * @param readability of its encrypted connections
 */
public record WatchedServer(RunningServer server, Readability readability) {
  private static final String NO_LIBRARY = "none";

  /** What becomes of encrypted connections, should there be any. */
  public Encryption encryption() {
    boolean off = server.offersTls().map(offers -> !offers).orElse(false);
    return off || server.tlsLibrary().equals(NO_LIBRARY)
        ? Encryption.OFF
        : readability.encryption();
  }

  /** Whether there is nothing more to be found out by another look. */
  public boolean isKnown() {
    return !server.version().isEmpty();
  }
}
