package io.mysqlwire.exporter.web.config;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Go's names for what TLS has, and Java's. */
final class TlsNames {
  /** Oldest first. */
  static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");

  static final Map<String, String> CURVES =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");

  private static final List<String> PROTOCOLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  /** Go lets nobody choose among these: with TLS 1.3 all three are on. */
  static final List<String> TLS13_CIPHER_SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /** Those of {@code tls.CipherSuites()} up to TLS 1.2, in Go's order of preference. */
  static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

  /** In that list until Go 1.22, so that older files have them. */
  static final List<String> OLD_CIPHER_SUITES =
      List.of(
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_256_CBC_SHA");

  private TlsNames() {}

  /** Java's names of the versions from {@code min} to {@code max} that this Java has on. */
  static List<String> protocols(int min, int max) {
    List<String> enabled = new ArrayList<>(PROTOCOLS.subList(min, max + 1));
    enabled.retainAll(List.of(enabledInJava().getProtocols()));
    return enabled;
  }

  static boolean hasCipherSuite(String name) {
    return List.of(enabledInJava().getCipherSuites()).contains(name);
  }

  /** What java.security leaves on; what it has in jdk.tls.disabledAlgorithms is not in there. */
  private static SSLParameters enabledInJava() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null); // else it reads the system's CAs
      return context.getDefaultSSLParameters();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }
}
