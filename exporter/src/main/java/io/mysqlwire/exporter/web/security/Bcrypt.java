package io.mysqlwire.exporter.web.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.mysqlwire.exporter.input.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Bcrypt as Go verifies it: of any version, and of a long password the first 72 bytes. */
final class Bcrypt {
  private static final BCrypt.Verifyer VERIFIER =
      BCrypt.verifyer(
          BCrypt.Version.VERSION_2A, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A));

  /** The version and the cost, as in {@code $2y$10$}. */
  private static final int PREFIX = 7;

  private Bcrypt() {}

  static boolean verify(byte[] password, Secret hash) {
    return VERIFIER.verify(password, hash.text().getBytes(StandardCharsets.US_ASCII)).verified;
  }

  /** A hash that takes as long as the slowest of these, and belongs to no password. */
  static Secret decoy(Collection<Secret> hashes) {
    String cost =
        hashes.stream()
            .map(hash -> hash.text().substring(PREFIX - 3, PREFIX - 1))
            .max(String::compareTo)
            .orElse("10");
    return new Secret("$2a$" + cost + "$" + "n".repeat(21) + "." + ".".repeat(31));
  }
}
