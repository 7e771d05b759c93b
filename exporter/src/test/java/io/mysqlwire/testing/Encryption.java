package io.mysqlwire.testing;

import java.security.Security;
import java.util.Arrays;
import java.util.List;

/** Whether a client encrypts its connections, and with which version of TLS. */
public enum Encryption {
  NONE(""),
  /** All that yaSSL knows; Java refuses it unless {@code java.security.properties} says else. */
  TLS_1_1("TLSv1.1"),
  TLS_1_2("TLSv1.2"),
  TLS_1_3("TLSv1.3");

  private final String protocol;

  Encryption(String protocol) {
    this.protocol = protocol;
  }

  /** What drivers and Java call it; empty for none. */
  public String protocol() {
    return protocol;
  }

  /**
   * The versions of TLS that both this JVM and a server speak; the system property {@code
   * mysqlwire.tls}, e.g. {@code TLSv1.3}, chooses one of them.
   */
  public static List<Encryption> spokenBy(ServerKind kind) {
    String chosen = System.getProperty("mysqlwire.tls", "");
    return Arrays.stream(values())
        .filter(version -> chosen.isEmpty() || version.protocol.equals(chosen))
        .filter(version -> version.isSpokenBy(kind))
        .toList();
  }

  private boolean isSpokenBy(ServerKind kind) {
    return switch (this) {
      case NONE -> false;
      case TLS_1_1 -> kind == ServerKind.MYSQL_5_7 && isAllowedHere();
      case TLS_1_2 -> kind != ServerKind.MYSQL_5_7;
      case TLS_1_3 -> kind.isMariaDb(); // MySQL from 8.0.16 on
    };
  }

  private boolean isAllowedHere() {
    String disabled = Security.getProperty("jdk.tls.disabledAlgorithms");
    return disabled != null && !List.of(disabled.split(",\\s*", -1)).contains(protocol);
  }
}
