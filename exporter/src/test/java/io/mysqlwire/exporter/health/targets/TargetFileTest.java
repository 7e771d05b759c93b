package io.mysqlwire.exporter.health.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mysqlwire.exporter.health.targets.ProbeTarget.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetFileTest {
  private final Path directory;

  TargetFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("probes.cnf"), text);
  }

  private List<ProbeTarget> read(String text) throws Exception {
    return TargetFile.read(write(text));
  }

  private List<String> problems(String text) throws IOException {
    Path file = write(text);
    TargetFileException refused =
        catchThrowableOfType(TargetFileException.class, () -> TargetFile.read(file));
    return refused.problems().stream().map(line -> line.replace(file.toString(), "FILE")).toList();
  }

  @Test
  void shouldReadAServerPerGroup() throws Exception {
    List<ProbeTarget> targets =
        read(
            """
            # of the shop
            [client]
            user = probe
            password = secret

            [mysqld]
            anything = goes

            [client.orders]
            host=10.0.0.8
            port = 3307
            user=orders   # a comment
            ssl_mode = VERIFY_IDENTITY
            ssl-ca = /etc/ca.pem

            [client.local]
            host = localhost
            socket = /run/mysqld/mysqld.sock
            user = probe
            loose-unheard-of = 1
            """);
    assertThat(targets)
        .extracting(ProbeTarget::endpoint)
        .containsExactly("127.0.0.1:3306", "10.0.0.8:3307", "/run/mysqld/mysqld.sock");
    assertThat(targets).extracting(ProbeTarget::user).containsExactly("probe", "orders", "probe");
    assertThat(targets.get(0).password().text()).isEqualTo("secret");
    assertThat(targets.get(1).encryption()).isEqualTo(Encryption.VERIFY_IDENTITY);
    assertThat(targets.get(1).authorities()).contains("/etc/ca.pem");
    assertThat(targets.get(1).password().text()).as("nothing comes from [client]").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`plain`|plain",
        "`\"a # b\"`|a # b",
        "`'it is'`|it is",
        "`before # comment`|before",
        "`\"a\\\"b\\\\c\"`|a\"b\\c",
        "`a\\sb`|a b",
        "`a\\qb`|a\\qb"
      })
  void shouldReadValuesAsTheClientsDo(String written, String meant) throws Exception {
    assertThat(read("[client]\nuser=u\npassword = " + written).get(0).password().text())
        .isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"::1, [::1]:3306", "db.example.org, db.example.org:3306"})
  void shouldWriteEndpointsAsTheWireFamiliesDo(String host, String endpoint) throws Exception {
    assertThat(read("[client]\nuser=u\nhost=" + host).get(0).endpoint()).isEqualTo(endpoint);
  }

  @Test
  void shouldSayEverythingThatIsWrongWithItsLine() throws Exception {
    assertThat(
            problems(
                """
                user = early
                [client]
                passwrod = hunter2
                user = u
                port = 70000
                ssl-mode = PREFERRED
                !include /etc/other.cnf
                [client.two
                [client.three]
                ssl-cert = c.pem
                """))
        .containsExactlyInAnyOrder(
            "FILE:1: an option before the first group; begin with [client] or [client.NAME]",
            "FILE:3: option \"passwrod\" is not known here; use host, port, socket, user, password,"
                + " ssl-mode, ssl-ca",
            "FILE:5: port is not a number from 1 to 65535; correct it",
            "FILE:6: ssl-mode is none of DISABLED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY; give one"
                + " of those (PREFERRED would not say whether it encrypts)",
            "FILE:7: other files are not included; write their groups into this one",
            "FILE:8: a group without its ]; write e.g. [client]",
            "FILE:9: [client.three] has no user; write user=NAME",
            "FILE:10: client certificates are not supported; let the account have a password",
            "FILE:9: the server of [client.three] is that of line 2; keep one");
  }

  @Test
  void shouldRefuseTheSameServerTwice() throws Exception {
    assertThat(problems("[client]\nuser=u\nhost=localhost\n[client.b]\nuser=u\nhost=127.0.0.1\n"))
        .containsExactly("FILE:4: the server of [client.b] is that of line 1; keep one");
  }

  @Test
  void shouldNeverShowThePassword() throws Exception {
    String secret = "s3cr3t";
    assertThat(read("[client]\nuser=u\npassword=" + secret).toString()).doesNotContain(secret);
    assertThat(problems("[client]\npassword=" + secret + "\nport=x\n").toString())
        .doesNotContain(secret);
  }

  @Test
  void shouldSayThatThereIsNoServerInIt() throws Exception {
    assertThat(problems("[mysqld]\nport=1\n").toString()).contains("has no group [client]");
    assertThat(problems("").toString()).contains("has no group [client]");
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    TargetFileException refused =
        catchThrowableOfType(
            TargetFileException.class, () -> TargetFile.read(directory.resolve("none")));
    assertThat(refused.problems()).singleElement().asString().contains("does not exist");
  }
}
