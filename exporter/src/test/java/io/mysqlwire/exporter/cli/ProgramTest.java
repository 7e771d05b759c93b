package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldShowHelpWithDefaultsVariablesAndExamples() {
    assertThat(run(Map.of(), "run", "--help")).isZero();
    assertThat(text(out))
        .contains("What to watch:", "How finely to count:", "Web pages:", "Log:", "Examples:")
        .contains("default auto, MYSQL_WIRE_MYSQL_PORT")
        .contains("default :10306, MYSQL_WIRE_WEB_LISTEN_ADDRESS")
        .contains("--[no-]backend.user");
    assertThat(text(out).lines()).allMatch(line -> line.length() <= 100);
    assertThat(text(err)).isEmpty();
  }

  @Test
  void shouldListItsCommandsInItsHelp() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(text(out))
        .contains("Commands:", "  run ", "  load ", "  serve ", "  unload ", "  check ");
  }

  @Test
  void shouldShowItsVersion() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(text(out)).matches("mysql-wire-exporter \\S+ \\(revision \\w+\\)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no command given; give one of check, load, run, serve, unload"
            + " (mysql-wire-exporter --help)",
        "chekc | chekc: unknown command; did you mean check?",
        "frobnicate | frobnicate: unknown command; see mysql-wire-exporter --help",
        "run --mysql.prot=3307 | --mysql.prot: unknown flag; did you mean --mysql.port?",
        "run --mysql.prot 3307 | --mysql.prot: unknown flag; did you mean --mysql.port?",
        "run --no-backend.usr | --no-backend.usr: unknown flag; did you mean --no-backend.user?",
        "run -x | -x: unknown flag; did you mean -V?",
        "run --frobnicate | --frobnicate: unknown flag; see mysql-wire-exporter run --help",
        "run now | now: unexpected; flags begin with -- (mysql-wire-exporter run --help)",
        "--tap=cgroup run | --tap: misplaced; give it after the command",
        "run --tap | --tap: has no value; give it one, as in --tap=VALUE",
        "run --tap=fast | --tap: \"fast\" is not known; give one of auto, tracing, cgroup",
        "run --backend.user=no | --backend.user: takes no value; give --backend.user or"
            + " --no-backend.user",
        "run --mysql.port=x | --mysql.port: \"x\" is not a whole number; give one from 1 to 65535",
        "run --mysql.port=0 | --mysql.port: \"0\" is out of range; give one from 1 to 65535",
        "run --backend.max=0 | --backend.max: \"0\" is out of range; give one from 1 to 65535",
        "run --backend.names=file | --backend.names: \"file\" is not known; give one of none, dns,"
            + " file=PATH",
        "run --backend.names=file=/nonexistent | --backend.names: \"/nonexistent\" does not exist;"
            + " write it, or give the path of another",
        "run --backend.idle-timeout=1d | --backend.idle-timeout: \"1d\" is not a time; give e.g."
            + " 1h, 30m, 90s, or 0 for never",
        "run --backend.idle-timeout=-1h | --backend.idle-timeout: \"-1h\" is not a time; give e.g."
            + " 1h, 30m, 90s, or 0 for never",
        "run --web.telemetry-path=/ | --web.telemetry-path: \"/\" is another page; give one that is"
            + " not in use, e.g. /metrics",
        "load --bpf.pin-path=here | --bpf.pin-path: \"here\" is not an absolute path; give one, e.g."
            + " /sys/fs/bpf/mysql-wire",
        "serve --mysql.port=3306 | --mysql.port: unknown flag; see mysql-wire-exporter serve --help",
        "check --tap=cgruop | --tap: \"cgruop\" is not known; give one of auto, tracing, cgroup",
      })
  void shouldSayWhatIsWrongAndWhatToDo(String line, String problem) {
    assertThat(run(Map.of(), line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(text(err)).isEqualTo("mysql-wire-exporter: " + problem + "\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void shouldReportAllProblemsTogetherAndWhereEachCameFrom() {
    Map<String, String> variables =
        Map.of(
            "MYSQL_WIRE_TAP", "fast",
            "MYSQL_WIRE_BACKEND_USER", "maybe",
            "MYSQL_WIRE_WEB_LISTEN_ADDRESS", "nowhere",
            "MYSQL_WIRE_LOG_LEVEL", "loud");
    assertThat(run(variables, "run", "--colour", "--mysql.port=x", "--log.level=quiet"))
        .isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactlyInAnyOrder(
            "mysql-wire-exporter: --colour: unknown flag; see mysql-wire-exporter run --help",
            "mysql-wire-exporter: MYSQL_WIRE_BACKEND_USER: \"maybe\" is neither true nor false;"
                + " set one of the two",
            "mysql-wire-exporter: MYSQL_WIRE_TAP: \"fast\" is not known; give one of auto,"
                + " tracing, cgroup",
            "mysql-wire-exporter: MYSQL_WIRE_WEB_LISTEN_ADDRESS: \"nowhere\" is not [HOST]:PORT;"
                + " give e.g. :10306, 127.0.0.1:10306 or [::1]:10306",
            "mysql-wire-exporter: --log.level: \"quiet\" is not known; give one of debug, info,"
                + " warn, error",
            "mysql-wire-exporter: --mysql.port: \"x\" is not a whole number; give one from 1 to"
                + " 65535");
  }

  @Test
  void shouldIgnoreVariablesThatNameNoFlag() {
    Map<String, String> kubernetes = Map.of("MYSQL_WIRE_EXPORTER_PORT", "tcp://10.96.0.9:10306");
    assertThat(run(kubernetes, "run", "--tap=fast")).isEqualTo(2);
    assertThat(text(err).lines()).hasSize(1);
  }

  @Test
  void shouldLetTheLastOfAFlagGivenTwiceWin() {
    assertThat(run(Map.of(), "run", "--tap=cgroup", "--tap=fast")).isEqualTo(2);
    assertThat(text(err)).contains("\"fast\"").hasLineCount(1);
  }

  private int run(Map<String, String> variables, String... arguments) {
    return new Program(
            variables,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
