package io.mysqlwire.exporter.servers;

import java.util.Locale;

/** What becomes of connections that their clients encrypt. */
public enum Encryption {
  /** They are counted like others. */
  READABLE,
  /** That they are there is all that can be told. */
  OPAQUE,
  /** The server offers no TLS. */
  OFF,
  /** This process may not see it. */
  UNKNOWN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Value of the label {@code tls}. */
  public String label() {
    return label;
  }
}
