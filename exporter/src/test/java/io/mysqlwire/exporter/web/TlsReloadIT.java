package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mysqlwire.exporter.web.config.WebConfigException;
import io.mysqlwire.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates, keys and CAs that change under a running server, or are wrong at its start. */
class TlsReloadIT {
  private static final String EC = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
  private static final String PLAIN =
      "tls_server_config:\n  cert_file: server.pem\n  key_file: server.key\n";
  private static final String STRICT =
      PLAIN + "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: trusted.pem\n";

  @TempDir private Path directory = Path.of("");
  private OpenSsl openssl;

  @BeforeEach
  void makeCertificates() throws Exception {
    openssl = new OpenSsl(directory);
    openssl.authority("ca");
    openssl.certificate("server", "ca", EC, "DNS:localhost");
    openssl.certificate("client", "ca", EC, "DNS:prometheus.example");
    Files.copy(directory.resolve("ca.pem"), directory.resolve("trusted.pem"));
  }

  private void replace(String file, String by) throws Exception {
    Path copy = Files.copy(directory.resolve(by), directory.resolve(by + ".copy"));
    Files.move(copy, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void shouldServeANewCertificateToTheNextConnection() throws Exception {
    openssl.certificate("renewed", "ca", EC, "DNS:renewed.example");
    try (GuardedServer server = GuardedServer.start(directory, PLAIN)) {
      assertThat(server.handshake().out()).contains("CN = server");
      replace("server.pem", "renewed.pem");
      assertThat(server.curl()).as("the key is not there yet").isEqualTo("refused");
      replace("server.key", "renewed.key");
      assertThat(server.handshake().out()).contains("CN = renewed");
      assertThat(server.curl()).startsWith("200");
    }
  }

  @Test
  void shouldTrustNoClientOfAnAuthorityThatWasTakenOut() throws Exception {
    openssl.authority("new-ca");
    try (GuardedServer server = GuardedServer.start(directory, STRICT)) {
      String[] client = {"-cert", "client.pem", "-key", "client.key", "-tls1_2"};
      assertThat(server.curl("--cert", "client.pem", "--key", "client.key")).startsWith("200");
      Await.until( // nothing is resumed while files are so new that they may change unseen
          "a session is resumed",
          () -> {
            handshake(server, client, "-sess_out");
            return handshake(server, client, "-sess_in").out().contains("Reused, TLSv1.2");
          });
      replace("trusted.pem", "new-ca.pem");
      assertThat(server.curl("--cert", "client.pem", "--key", "client.key")).isEqualTo("refused");
      assertThat(handshake(server, client, "-sess_in").status())
          .as("a session of before the change")
          .isNotZero();
    }
  }

  private Tool.Result handshake(GuardedServer server, String[] client, String session)
      throws Exception {
    String[] arguments = Arrays.copyOf(client, client.length + 2);
    arguments[client.length] = session;
    arguments[client.length + 1] = "session.pem";
    return server.handshake(arguments);
  }

  @Test
  void shouldCountAChangedListOfNamesAtOnce() throws Exception {
    try (GuardedServer server = GuardedServer.start(directory, STRICT)) {
      server.rewrite(STRICT + "  client_allowed_sans: [grafana.example]\n");
      assertThat(server.curl("--cert", "client.pem", "--key", "client.key")).isEqualTo("refused");
      server.rewrite(STRICT + "  client_allowed_sans: [prometheus.example]\n");
      assertThat(server.curl("--cert", "client.pem", "--key", "client.key")).startsWith("200");
    }
  }

  @Test
  void shouldRefuseHandshakesWhileTheFileIsBroken() throws Exception {
    try (GuardedServer server = GuardedServer.start(directory, PLAIN)) {
      server.rewrite(PLAIN + "  no_such_key: 1\n");
      assertThat(server.handshake().out()).contains("no peer certificate available");
      server.rewrite("# no TLS any more: whether there is any is decided at the start\n");
      assertThat(server.handshake().out()).contains("no peer certificate available");
      assertThat(server.curl()).isEqualTo("refused");
      server.rewrite(PLAIN);
      assertThat(server.curl()).startsWith("200");
    }
  }

  @Test
  void shouldReadInlinePemAndPreferFiles() throws Exception {
    String inline =
        "tls_server_config:\n  cert: |\n"
            + indented("server.pem")
            + "  key: |\n"
            + indented("server.key")
            + "  client_ca: |\n"
            + indented("ca.pem")
            + "  client_auth_type: RequireAndVerifyClientCert\n";
    openssl.certificate("filed", "ca", EC, "DNS:filed.example");
    try (GuardedServer server = GuardedServer.start(directory, inline)) {
      assertThat(server.handshake().out()).contains("CN = server");
      assertThat(server.curl("--cert", "client.pem", "--key", "client.key")).startsWith("200");
      assertThat(server.curl()).isEqualTo("refused");
      server.rewrite(inline + "  cert_file: filed.pem\n  key_file: filed.key\n");
      assertThat(server.handshake().out()).contains("CN = filed");
    }
  }

  private String indented(String file) throws Exception {
    return Files.readString(directory.resolve(file)).indent(4);
  }

  @ParameterizedTest
  @CsvSource({
    "key_file,  missing.key,   does not exist",
    "key_file,  encrypted.key, is encrypted",
    "key_file,  old.key,       is encrypted",
    "key_file,  client.key,    is not the key of the certificate",
    "key_file,  server.pem,    has no private key",
    "key_file,  .,             is not a regular file",
    "cert_file, missing.pem,   does not exist",
    "cert_file, server.key,    has no certificate",
    "cert_file, damaged.pem,   has a certificate that is damaged"
  })
  void shouldSayWhatIsWrongWithACertificateOrKey(String key, String file, String complaint)
      throws Exception {
    openssl.openssl(
        "pkey", "-in", "server.key", "-aes128", "-passout", "pass:secret", "-out", "encrypted.key");
    openssl.openssl(
        "ec", "-in", "server.key", "-aes128", "-passout", "pass:secret", "-out", "old.key");
    Files.writeString(
        directory.resolve("damaged.pem"),
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    String other =
        key.equals("key_file") ? "  cert_file: server.pem\n" : "  key_file: server.key\n";
    Path config =
        Files.writeString(
            directory.resolve("web.yml"),
            "tls_server_config:\n  " + key + ": " + file + "\n" + other);
    WebConfigException refused =
        catchThrowableOfType(WebConfigException.class, () -> WebAccess.open(config));
    assertThat(refused).isNotNull();
    assertThat(refused.problems())
        .singleElement()
        .asString()
        .startsWith(config + ":2:")
        .contains("tls_server_config." + key + ": " + directory.resolve(file) + " " + complaint)
        .contains("; ");
  }
}
