package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people get who make a mistake: message and exit status of the real process. */
class MisuseTest {
  @Test
  void shouldSuggestTheFlagThatWasMeant() throws Exception {
    assertThat(ExporterProcess.run("run", "--mysql.prot=3307"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "mysql-wire-exporter: --mysql.prot: unknown flag; did you mean --mysql.port?\n"));
  }

  @Test
  void shouldRefuseAPortThatIsNone() throws Exception {
    assertThat(ExporterProcess.run("run", "--mysql.port=33060000"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "mysql-wire-exporter: --mysql.port: \"33060000\" is out of range; give one from 1"
                    + " to 65535\n"));
  }

  @Test
  void shouldNameTheVariableThatIsWrong() throws Exception {
    Outcome outcome =
        ExporterProcess.run(
            ExporterProcess.command(ExporterProcess.classPath(), "check"),
            Map.of("MYSQL_WIRE_TAP", "fast"));
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "mysql-wire-exporter: MYSQL_WIRE_TAP: \"fast\" is not known; give one of auto,"
                    + " tracing, cgroup\n"));
  }

  @Test
  void shouldRefuseACgroupThatDoesNotExist() throws Exception {
    assertThat(ExporterProcess.run("run", "--cgroup.path=/nonexistent"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "mysql-wire-exporter: --cgroup.path: \"/nonexistent\" does not exist; give a"
                    + " directory of the cgroup v2 hierarchy (findmnt -t cgroup2 finds its"
                    + " root)\n"));
  }

  @Test
  void shouldRefuseADirectoryThatIsNoCgroup() throws Exception {
    Outcome outcome = ExporterProcess.run("run", "--cgroup.path=/proc");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("mysql-wire-exporter: --cgroup.path: \"/proc\" is not in the cgroup v2")
        .hasLineCount(1);
  }

  @Test
  void shouldSayThatAPortIsInUse() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      int port = taken.getLocalPort();
      assertThat(ExporterProcess.run("run", "--web.listen-address=127.0.0.1:" + port))
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "mysql-wire-exporter: can't listen on 127.0.0.1:"
                      + port
                      + ": the port is in use; stop the program that has it (see: ss -ltnp 'sport ="
                      + " :"
                      + port
                      + "') or choose another port\n"));
    }
  }
}
