package io.mysqlwire.servers;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a server says of itself to whoever connects, before any login.
 *
 * @param version e.g. {@code 8.0.15}, {@code 10.11.14-MariaDB-deb12}
 * @param offersTls a client may ask for TLS
 */
public record Greeting(String version, boolean offersTls) {
  /** Bytes of one at most: header, protocol, version, the fixed rest and the plugin's name. */
  static final int MAX_BYTES = 512;

  private static final int HEADER = 4;
  private static final byte PROTOCOL_10 = 10;
  private static final int CLIENT_SSL = 1 << 11;

  /** Old clients took the first digit for the protocol, so MariaDB 10 says 5.5.5 before it. */
  private static final String DISGUISE = "5.5.5-";

  /** NUL, thread id, scramble, filler: the capabilities come after. */
  private static final int BEFORE_FLAGS = 1 + 4 + 8 + 1;

  /** Whether the first {@code n} bytes are a whole packet. */
  static boolean isComplete(byte[] bytes, int n) {
    return n >= HEADER && n >= HEADER + payload(bytes);
  }

  private static int payload(byte[] bytes) {
    return little(bytes, 0) | (bytes[2] & 0xff) << 16;
  }

  private static int little(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  /** Reads the first {@code n} bytes; empty for a refusal, and for another protocol. */
  static Optional<Greeting> parse(byte[] bytes, int n) {
    int end = n < HEADER ? n : Math.min(n, HEADER + payload(bytes));
    if (end <= HEADER || bytes[3] != 0 || bytes[HEADER] != PROTOCOL_10) {
      return Optional.empty();
    }
    int at = HEADER + 1;
    while (at < end && bytes[at] != 0) {
      at++;
    }
    if (at + BEFORE_FLAGS + 2 > end) {
      return Optional.empty();
    }
    String text = new String(bytes, HEADER + 1, at - HEADER - 1, StandardCharsets.UTF_8);
    boolean disguised = text.startsWith(DISGUISE) && text.contains("MariaDB");
    return Optional.of(
        new Greeting(
            disguised ? text.substring(DISGUISE.length()) : text,
            (little(bytes, at + BEFORE_FLAGS) & CLIENT_SSL) != 0));
  }
}
