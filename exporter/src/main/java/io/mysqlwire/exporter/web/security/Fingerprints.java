package io.mysqlwire.exporter.web.security;

import io.mysqlwire.exporter.input.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stand-ins for a user, a hash and a password together: memory that is dumped or swapped out shows
 * no password, and nobody can try passwords on them without the key, which ends with the process.
 */
final class Fingerprints {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Fingerprints() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  String of(Credentials credentials, Secret hash) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      update(mac, credentials.user().getBytes(StandardCharsets.UTF_8));
      update(mac, hash.text().getBytes(StandardCharsets.UTF_8));
      update(mac, credentials.passwordBytes());
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  /** With its length before it, so that no two triples run together to the same bytes. */
  private static void update(Mac mac, byte[] part) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
    mac.update(part);
  }
}
