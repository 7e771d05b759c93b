package io.mysqlwire.exporter.web.config;

import java.util.Map;

/** What is asked of clients; the names are those of Go's {@code tls.ClientAuthType}. */
public enum ClientAuth {
  /** No certificate is asked for. */
  NO_CLIENT_CERT(false, false),
  /** One is asked for, none is needed, and what comes is not verified. */
  REQUEST_CLIENT_CERT(false, false),
  /** One is needed, and not verified. */
  REQUIRE_ANY_CLIENT_CERT(true, false),
  /** One is asked for, none is needed, and what comes is verified. */
  VERIFY_CLIENT_CERT_IF_GIVEN(false, true),
  /** One is needed and verified. */
  REQUIRE_AND_VERIFY_CLIENT_CERT(true, true);

  static final Map<String, ClientAuth> NAMES =
      Map.of(
          "NoClientCert", NO_CLIENT_CERT,
          "RequestClientCert", REQUEST_CLIENT_CERT,
          "RequireAnyClientCert", REQUIRE_ANY_CLIENT_CERT,
          "RequireClientCert", REQUIRE_ANY_CLIENT_CERT, // the toolkit's alias
          "VerifyClientCertIfGiven", VERIFY_CLIENT_CERT_IF_GIVEN,
          "RequireAndVerifyClientCert", REQUIRE_AND_VERIFY_CLIENT_CERT);

  private final boolean needed;
  private final boolean verified;

  ClientAuth(boolean needed, boolean verified) {
    this.needed = needed;
    this.verified = verified;
  }

  public boolean isNeeded() {
    return needed;
  }

  public boolean isVerified() {
    return verified;
  }
}
