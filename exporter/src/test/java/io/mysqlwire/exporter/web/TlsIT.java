package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tls_server_config} as curl and openssl see it. */
class TlsIT {
  private static final String RSA = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
  private static final String EC = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
  private static final String LOCALHOST = "DNS:localhost,IP:127.0.0.1";

  @TempDir private static Path directory = Path.of("");

  @BeforeAll
  static void makeCertificates() throws Exception {
    OpenSsl openssl = new OpenSsl(directory);
    openssl.authority("ca");
    openssl.authority("other-ca");
    openssl.certificate("server", "ca", RSA, LOCALHOST);
    openssl.certificate("client", "ca", EC, "DNS:prometheus.example");
    openssl.certificate("stranger", "other-ca", EC, "DNS:prometheus.example");
  }

  private static GuardedServer start(String... lines) throws Exception {
    return GuardedServer.start(directory, config(lines));
  }

  private static String config(String... lines) {
    return "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n"
        + Arrays.stream(lines).map(line -> "  " + line + "\n").collect(Collectors.joining());
  }

  @Test
  void shouldServeTheCertificateThatItWasGiven() throws Exception {
    try (GuardedServer server = start()) {
      assertThat(server.show("/metrics", "--no-insecure", "--cacert", "ca.pem"))
          .contains(GuardedServer.PAGE);
      assertThat(server.show("/-/healthy")).contains("OK");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NoClientCert,               200, 200, 200",
    "RequestClientCert,          200, 200, 200",
    "RequireAnyClientCert,       refused, 200, 200",
    "RequireClientCert,          refused, 200, 200",
    "VerifyClientCertIfGiven,    200, 200, refused",
    "RequireAndVerifyClientCert, refused, 200, refused"
  })
  void shouldAskClientsForCertificates(String type, String none, String known, String unknown)
      throws Exception {
    String ca = type.equals("NoClientCert") ? "# no CA" : "client_ca_file: ca.pem";
    try (GuardedServer server = start("client_auth_type: " + type, ca)) {
      for (String version : new String[] {"1.2", "1.3"}) {
        String[] as = {"--http1.1", "--tls-max", version};
        assertThat(server.curl(as)).as("none").startsWith(none);
        assertThat(server.curl(with(as, "client"))).as("known").startsWith(known);
        assertThat(server.curl(with(as, "stranger"))).as("unknown").startsWith(unknown);
      }
    }
  }

  private static String[] with(String[] arguments, String client) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 4);
    String[] identity = {"--cert", client + ".pem", "--key", client + ".key"};
    System.arraycopy(identity, 0, all, arguments.length, identity.length);
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "DNS:prometheus.example,       DNS:grafana.example",
    "IP:192.0.2.7,                 IP:192.0.2.8",
    "IP:2001:db8::7,               IP:2001:db8::8",
    "email:ops@example.org,        email:dev@example.org",
    "URI:spiffe://example/scraper, URI:spiffe://example/other"
  })
  void shouldAllowNamesOfEachKind(String allowed, String refused) throws Exception {
    OpenSsl openssl = new OpenSsl(directory);
    openssl.certificate("allowed", "ca", EC, "DNS:first.example," + allowed);
    openssl.certificate("refused", "ca", EC, "DNS:first.example," + refused);
    String name = allowed.substring(allowed.indexOf(':') + 1);
    try (GuardedServer server =
        start(
            "client_auth_type: RequireAndVerifyClientCert",
            "client_ca_file: ca.pem",
            "client_allowed_sans: [nobody.example, \"" + name + "\"]")) {
      assertThat(server.curl(with(new String[0], "allowed"))).startsWith("200");
      assertThat(server.curl(with(new String[0], "refused"))).isEqualTo("refused");
      assertThat(server.curl(with(new String[0], "client")))
          .startsWith(name.equals("prometheus.example") ? "200" : "refused");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS12, TLS13, 200,     200",
    "TLS13, TLS13, refused, 200",
    "TLS12, TLS12, 200,     refused",
    "TLS10, TLS12, 200,     refused"
  })
  void shouldKeepToTheVersions(String min, String max, String tls12, String tls13)
      throws Exception {
    try (GuardedServer server = start("min_version: " + min, "max_version: " + max)) {
      assertThat(server.curl("--tls-max", "1.2")).startsWith(tls12);
      assertThat(server.curl("--tlsv1.3")).startsWith(tls13);
      assertThat(server.curl("--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT:@SECLEVEL=0"))
          .isEqualTo("refused");
    }
  }

  @Test
  void shouldKeepToTheCipherSuites() throws Exception {
    try (GuardedServer server =
        start("cipher_suites: [TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256]")) {
      assertThat(server.handshake("-tls1_2").out())
          .contains("Cipher is ECDHE-RSA-CHACHA20-POLY1305");
      assertThat(server.curl("--tls-max", "1.2", "--ciphers", "ECDHE-RSA-AES128-GCM-SHA256"))
          .isEqualTo("refused");
      assertThat(server.curl("--tlsv1.3")).as("they are for TLS 1.2").startsWith("200");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, ECDHE-RSA-AES256-GCM-SHA384", "false, ECDHE-RSA-AES128-GCM-SHA256"})
  void shouldPreferWhoseCipherSuitesItShould(boolean own, String expected) throws Exception {
    try (GuardedServer server =
        start(
            "prefer_server_cipher_suites: " + own,
            "cipher_suites:",
            "- TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "- TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")) {
      assertThat(
              server
                  .handshake(
                      "-tls1_2",
                      "-cipher",
                      "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384")
                  .out())
          .contains("Cipher is " + expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"CurveP256, P-256", "CurveP384, P-384", "CurveP521, P-521", "X25519, X25519"})
  void shouldKeepToTheCurves(String name, String group) throws Exception {
    String other = group.equals("P-384") ? "P-256" : "P-384";
    try (GuardedServer server = start("curve_preferences: [" + name + "]")) {
      for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
        assertThat(server.handshake(version, "-groups", group).out())
            .as(version)
            .containsPattern("Server Temp Key: (ECDH, )?(prime256v1|secp\\d+r1|X25519|P-\\d+)");
        assertThat(server.handshake(version, "-groups", other).out())
            .as(version)
            .contains("Cipher is (NONE)");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 200 2", "false, 200 1.1"})
  void shouldSpeakHttp2WhenItIsToldTo(boolean http2, String expected) throws Exception {
    try (GuardedServer server =
        GuardedServer.start(directory, config() + "http_server_config: {http2: " + http2 + "}")) {
      assertThat(server.curl("--http2")).isEqualTo(expected);
      assertThat(server.curl("--http1.1")).isEqualTo("200 1.1");
      server.rewrite(config() + "http_server_config: {http2: " + !http2 + "}");
      assertThat(server.curl("--http2")).as("not until it is started anew").isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out form.key",
        "genrsa -traditional -out form.key 2048",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out form.key",
        "ecparam -name prime256v1 -genkey -out form.key",
        "ecparam -name secp521r1 -genkey -noout -out form.key",
        "genpkey -algorithm ED25519 -out form.key"
      })
  void shouldReadKeysInEachFormOfOpenssl(String generate) throws Exception {
    OpenSsl openssl = new OpenSsl(directory);
    openssl.openssl(generate.split(" "));
    openssl.openssl(
        "req", "-x509", "-key", "form.key", "-subj", "/CN=localhost", "-out", "form.pem");
    try (GuardedServer server =
        GuardedServer.start(
            directory, "tls_server_config: {cert_file: form.pem, key_file: form.key}")) {
      assertThat(server.curl()).startsWith("200");
    }
  }
}
