package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get whose web config file is wrong: one line for each mistake, and no start. */
class WebConfigFlagTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void shouldReportAllMistakesTogether() throws Exception {
    Path file = directory.resolve("web.yml");
    Files.writeString(file, "basic_auth_users: {prom: hunter2}\nrate_limit: {interval: 5}\n");
    assertThat(ExporterProcess.run("run", "--web.config.file=" + file, "--mysql.port=0"))
        .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(2))
        .satisfies(
            outcome ->
                assertThat(outcome.err().lines())
                    .satisfiesExactly(
                        user ->
                            assertThat(user)
                                .startsWith(
                                    "mysql-wire-exporter: --web.config.file: "
                                        + file
                                        + ":1:26: basic_auth_users.\"prom\" is not a bcrypt hash;")
                                .doesNotContain("hunter2"),
                        rate -> assertThat(rate).contains(file + ":2:24: rate_limit.interval"),
                        port -> assertThat(port).contains("--mysql.port: ")));
  }

  @Test
  void shouldNameTheVariableWhoseFileIsMissing() throws Exception {
    Path file = directory.resolve("none.yml");
    Outcome outcome =
        ExporterProcess.run(
            ExporterProcess.command(ExporterProcess.classPath(), "run"),
            Map.of("MYSQL_WIRE_WEB_CONFIG_FILE", file.toString()));
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "mysql-wire-exporter: MYSQL_WIRE_WEB_CONFIG_FILE: "
                    + file
                    + " does not exist; give the path of a file that does\n"));
  }
}
