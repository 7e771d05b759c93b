package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate limit, headers and passwords as curl sees them. */
class GateIT {
  @TempDir private Path directory = Path.of("");

  private static String users(String user, String password) {
    return "basic_auth_users:\n  "
        + user
        + ": "
        + GuardedServer.bcrypt(password, 4, BCrypt.Version.VERSION_2Y)
        + "\n";
  }

  @Test
  void shouldServeEverybodyWithAnEmptyFile() throws Exception {
    try (GuardedServer server = GuardedServer.start(directory, "")) {
      assertThat(server.curl()).isEqualTo("200 1.1");
    }
  }

  @Test
  void shouldLetInWhoKnowsThePassword() throws Exception {
    try (GuardedServer server = GuardedServer.start(directory, users("prom", "s3cret"))) {
      assertThat(server.curl("-u", "prom:s3cret")).startsWith("200");
      assertThat(server.curl("-u", "prom:s3cret")).as("remembered").startsWith("200");
      assertThat(server.curl("-u", "prom:wrong")).startsWith("401");
      assertThat(server.curl("-u", "prom:")).startsWith("401");
      assertThat(server.curl("-u", "prom:s3cret ")).startsWith("401");
      assertThat(server.curl("-u", "other:s3cret")).startsWith("401");
      assertThat(server.curl("-H", "Authorization: Bearer s3cret")).startsWith("401");
      assertThat(server.curl("-H", "Authorization: Basic no base64!")).startsWith("401");
      assertThat(server.curl("-H", "Authorization: Basic cHJvbQ==")).as("prom").startsWith("401");
      assertThat(server.curl("-H", "authorization: basic cHJvbTpzM2NyZXQ=")).startsWith("200");
      assertThat(server.show("/metrics"))
          .startsWith("HTTP/1.1 401 Unauthorized")
          .contains("WWW-Authenticate: Basic\r\n");
    }
  }

  @Test
  void shouldExemptNoPathFromTheLogin() throws Exception {
    try (GuardedServer server = GuardedServer.start(directory, users("prom", "s3cret"))) {
      for (String path : new String[] {"/metrics", "/-/healthy", "/", "/no/such/page"}) {
        assertThat(server.show(path)).startsWith("HTTP/1.1 401");
        assertThat(server.show(path, "-X", "DELETE")).startsWith("HTTP/1.1 401");
      }
      assertThat(server.show("/-/healthy", "-u", "prom:s3cret")).startsWith("HTTP/1.1 200");
      assertThat(server.show("/no", "-u", "prom:s3cret")).startsWith("HTTP/1.1 404");
      assertThat(server.show("/no", "-u", "prom:s3cret", "-X", "DELETE"))
          .startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void shouldReadEachVersionOfBcrypt() throws Exception {
    for (BCrypt.Version version :
        new BCrypt.Version[] {
          BCrypt.Version.VERSION_2A, BCrypt.Version.VERSION_2B, BCrypt.Version.VERSION_2Y
        }) {
      String config = "basic_auth_users: {p: " + GuardedServer.bcrypt("ü€", 5, version) + "}";
      try (GuardedServer server = GuardedServer.start(directory, config)) {
        assertThat(server.curl("-u", "p:ü€")).startsWith("200");
        assertThat(server.curl("-u", "p:u€")).startsWith("401");
      }
    }
  }

  @Test
  void shouldTakeOfALongPasswordTheFirst72Bytes() throws Exception {
    String bytes72 = "x".repeat(72);
    try (GuardedServer server = GuardedServer.start(directory, users("prom", bytes72))) {
      assertThat(server.curl("-u", "prom:" + bytes72)).startsWith("200");
      assertThat(server.curl("-u", "prom:" + bytes72 + "y".repeat(2000))).startsWith("200");
      assertThat(server.curl("-u", "prom:" + bytes72.substring(1))).startsWith("401");
    }
  }

  @Test
  void shouldSendTheHeadersWithEveryResponse() throws Exception {
    String headers =
        """
        http_server_config:
          headers:
            X-Frame-Options: deny
            Content-Security-Policy: default-src 'self'
        """;
    try (GuardedServer server = GuardedServer.start(directory, headers + users("prom", "s3cret"))) {
      for (String user : new String[] {"prom:s3cret", "prom:wrong"}) {
        assertThat(server.show("/metrics", "-u", user))
            .contains("X-Frame-Options: deny\r\n")
            .contains("Content-Security-Policy: default-src 'self'\r\n");
      }
      server.rewrite(users("prom", "s3cret"));
      assertThat(server.show("/metrics", "-u", "prom:s3cret")).doesNotContain("X-Frame-Options");
    }
  }

  @Test
  void shouldLimitTheRateBeforeTheLogin() throws Exception {
    String limit = "rate_limit: {interval: 1h, burst: 2}\n";
    try (GuardedServer server = GuardedServer.start(directory, limit + users("prom", "s3cret"))) {
      assertThat(server.curl("-u", "prom:s3cret")).startsWith("200");
      assertThat(server.curl()).startsWith("401");
      assertThat(server.curl("-u", "prom:s3cret")).startsWith("429");
      assertThat(server.curl()).startsWith("429");
      server.rewrite(users("prom", "s3cret"));
      assertThat(server.curl("-u", "prom:s3cret")).as("built once").startsWith("429");
    }
  }

  @Test
  void shouldReadTheFileOnEveryRequest() throws Exception {
    try (GuardedServer server = GuardedServer.start(directory, users("prom", "s3cret"))) {
      assertThat(server.curl("-u", "prom:s3cret")).startsWith("200");
      server.rewrite(users("prom", "changed"));
      assertThat(server.curl("-u", "prom:s3cret")).startsWith("401");
      assertThat(server.curl("-u", "prom:changed")).startsWith("200");
      server.rewrite(users("grafana", "changed"));
      assertThat(server.curl("-u", "prom:changed")).startsWith("401");
      server.rewrite("# everybody");
      assertThat(server.curl()).startsWith("200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_such_key: 1", "basic_auth_users: {prom: hunter2}", "a: [", "-"})
  void shouldAnswer500WhileTheFileIsBroken(String broken) throws Exception {
    String good = users("prom", "s3cret");
    try (GuardedServer server = GuardedServer.start(directory, good)) {
      server.rewrite(broken);
      assertThat(server.show("/metrics", "-u", "prom:s3cret"))
          .startsWith("HTTP/1.1 500")
          .contains("the web config file can't be used; the exporter's log says why")
          .doesNotContain("hunter2", "web.yml");
      server.rewrite(good);
      assertThat(server.curl("-u", "prom:s3cret")).startsWith("200");
    }
  }

  @Test
  void shouldAnswer500WhileTheFileIsGoneOrBeingWritten() throws Exception {
    String good = users("prom", "s3cret");
    try (GuardedServer server = GuardedServer.start(directory, good)) {
      Files.delete(directory.resolve("web.yml"));
      assertThat(server.curl("-u", "prom:s3cret")).startsWith("500");
      Files.createFile(directory.resolve("web.yml"));
      assertThat(server.curl()).as("an editor has emptied it").startsWith("500");
      server.rewrite(good);
      assertThat(server.curl("-u", "prom:s3cret")).startsWith("200");
    }
  }

  @Test
  void shouldTakeNoBodies() throws Exception {
    try (GuardedServer server = GuardedServer.start(directory, "")) {
      assertThat(server.curl("-X", "GET", "-d", "x".repeat(2000))).startsWith("413");
      assertThat(server.curl("-X", "GET", "-H", "Transfer-Encoding: chunked", "-d", "x"))
          .startsWith("413");
      assertThat(server.show("/metrics", "-H", "X-Long: " + "x".repeat(9000)))
          .startsWith("HTTP/1.1 431")
          .endsWith("\r\n\r\nRequest Header Fields Too Large\n\n");
    }
  }
}
