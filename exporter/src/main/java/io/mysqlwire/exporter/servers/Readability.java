package io.mysqlwire.exporter.servers;

/**
 * Whether encrypted connections of a server are read.
 *
 * @param encryption {@code READABLE}, {@code OPAQUE}, or {@code UNKNOWN} to who was asked
 * @param reason why not, for people; empty when they are
 */
public record Readability(Encryption encryption, String reason) {
  /** They are read. */
  public static final Readability READABLE = new Readability(Encryption.READABLE, "");

  /** They are not. */
  public static Readability opaque(String reason) {
    return new Readability(Encryption.OPAQUE, reason);
  }

  /** Others may read them. */
  public static Readability unknown(String reason) {
    return new Readability(Encryption.UNKNOWN, reason);
  }
}
