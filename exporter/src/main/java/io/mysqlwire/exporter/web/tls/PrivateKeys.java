package io.mysqlwire.exporter.web.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Private keys in each of the forms that openssl writes. */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  /** Version 0, as PKCS#8 begins. */
  private static final byte[] VERSION = Der.element(Der.INTEGER, new byte[1]);

  /** rsaEncryption, 1.2.840.113549.1.1.1, and its NULL. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** id-ecPublicKey, 1.2.840.10045.2.1. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  /** The key of a block in PKCS#8, PKCS#1 (RSA) or SEC1 (EC); empty when it is none of these. */
  static Optional<PrivateKey> decode(Pem.Block block) {
    return switch (block.type()) {
      case "PRIVATE KEY" -> fromPkcs8(block.der());
      case "RSA PRIVATE KEY" -> fromPkcs8(pkcs8(RSA, block.der()));
      case "EC PRIVATE KEY" ->
          Der.find(Der.CONTEXT_0, block.der())
              .flatMap(curve -> fromPkcs8(pkcs8(concatenation(EC, curve), block.der())));
      default -> Optional.empty();
    };
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return Der.element(
        Der.SEQUENCE,
        VERSION,
        Der.element(Der.SEQUENCE, algorithm),
        Der.element(Der.OCTET_STRING, key));
  }

  private static byte[] concatenation(byte[] a, byte[] b) {
    byte[] both = new byte[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static Optional<PrivateKey> fromPkcs8(byte[] der) {
    return ALGORITHMS.stream().flatMap(algorithm -> fromPkcs8(algorithm, der).stream()).findFirst();
  }

  private static Optional<PrivateKey> fromPkcs8(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // another algorithm's
    }
  }
}
