package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with TLS and passwords at the most talkative log level, in good and bad times. */
class SecretsIT {
  private static final String PASSWORD = "pass-word-of-prometheus";
  private static final String WRONG = "pass-word-of-a-stranger";

  @TempDir private Path directory = Path.of("");

  @Test
  void shouldShowNoSecretInLogsAndOnPages() throws Exception {
    OpenSsl openssl = new OpenSsl(directory);
    openssl.authority("ca");
    openssl.certificate("server", "ca", "-algorithm ED25519", "DNS:localhost");
    String hash = GuardedServer.bcrypt(PASSWORD, 5, BCrypt.Version.VERSION_2Y);
    String good =
        "tls_server_config:\n  cert_file: server.pem\n  key: |\n"
            + Files.readString(directory.resolve("server.key")).indent(4)
            + "basic_auth_users:\n  prom: "
            + hash
            + "\n";
    Path config = Files.writeString(directory.resolve("web.yml"), good);
    List<String> seen = new ArrayList<>();
    try (RunningExporter exporter =
        LaunchedExporter.start("--log.level=debug", "--web.config.file=" + config)) {
      String origin = "https://127.0.0.1:" + LaunchedExporter.address(exporter).getPort();
      for (String path : new String[] {"/", "/metrics", "/-/healthy", "/-/ready", "/no"}) {
        seen.add(curl(origin + path, "-u", "prom:" + PASSWORD));
        seen.add(curl(origin + path, "-u", "prom:" + WRONG));
        seen.add(curl(origin + path, "-u", "prom:" + PASSWORD, "-X", "POST"));
      }
      assertThat(seen.get(3)).contains(" 200", "mysql_wire_tap_info");
      String[] broken = {
        good + "password: " + PASSWORD + "\n",
        good.replace(hash, PASSWORD),
        good.replace(hash, "*" + PASSWORD),
        good.replace(hash, "{" + hash),
        good.replace("    -----BEGIN", "-----BEGIN"),
        good.replace("-----BEGIN", "BEGIN"),
        "basic_auth_users: " + PASSWORD,
      };
      for (String text : broken) {
        int before = exporter.log().length();
        Files.writeString(config, text);
        seen.add(curl(origin + "/metrics", "-u", "prom:" + PASSWORD));
        Await.until("a warning of " + text, () -> warns(exporter.log().substring(before)));
        seen.add(curl(origin + "/metrics", "-u", "prom:" + PASSWORD));
        String after = exporter.log().substring(before);
        assertThat(after.lines().filter(line -> line.contains("level=warn")).distinct())
            .as("logged once each")
            .hasSameSizeAs(after.lines().filter(line -> line.contains("level=warn")).toList());
      }
      Files.writeString(config, good);
      assertThat(curl(origin + "/metrics", "-u", "prom:" + PASSWORD)).contains(" 200");
      seen.add(exporter.log());
    }
    String key = Files.readAllLines(directory.resolve("server.key")).get(1);
    assertThat(seen)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(PASSWORD, WRONG, hash, hash.substring(8), key)
                    .doesNotContain("Exception", "\tat "));
  }

  private static boolean warns(String log) {
    return log.contains("level=warn");
  }

  /** A new connection each time, so that handshakes meet the broken file as well. */
  private String curl(String url, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-s", "-k", "-i"));
    command.addAll(List.of(arguments));
    command.add(url);
    return Tool.run(directory, "", command).out();
  }
}
