package io.mysqlwire.matrix;

import static io.mysqlwire.exactness.Observations.MARK;

import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MariaDB's command-line programs: mariadb, mariadb-admin, mariadb-binlog. */
final class CommandLine implements MatrixClient {
  private static final Pattern ERROR = Pattern.compile("^ERROR (\\d+) \\(", Pattern.MULTILINE);
  private static final String ROWS = "SELECT id FROM item " + MARK + ";";

  /** What {@code mariadb} is given to run; each row that it prints is one line. */
  private static final Map<Topic, String> SQL =
      Map.ofEntries(
          Map.entry(Topic.LOGIN_NATIVE, "SELECT 1 " + MARK),
          Map.entry(Topic.LOGIN_SHA2, "SELECT 1 " + MARK),
          Map.entry(Topic.AUTH_SWITCH, "SELECT 1 " + MARK),
          Map.entry(Topic.TEXT, ROWS + "DO 0 " + MARK + ";UPDATE account SET balance = 1 " + MARK),
          Map.entry(
              Topic.ERRORS,
              "SELEC 1; SELECT * FROM missing; SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO=50001"),
          Map.entry(
              Topic.MULTI_STATEMENT,
              "DELIMITER //\nSELECT 1 " + MARK + "; " + ROWS + " SELEC 2 " + MARK + "//"),
          Map.entry(Topic.CALL, "CALL two_results() " + MARK + "; CALL signals() " + MARK),
          Map.entry(Topic.INIT_DB, "USE information_schema\nUSE nowhere\nSELECT 1 " + MARK),
          Map.entry(Topic.OLD_EOF, ROWS),
          Map.entry(Topic.NEW_EOF, ROWS),
          Map.entry(Topic.LONG_ROW, "SELECT REPEAT('y', 17000023), 'z' " + MARK),
          Map.entry(Topic.SEQUENCE_ID_WRAPS, ROWS),
          Map.entry(
              Topic.ERROR_AFTER_ROWS,
              "SELECT (SELECT amount FROM price WHERE price.item = i.id) FROM item i ORDER BY id"),
          Map.entry(Topic.COMPRESSED, ROWS + "SELEC 1;" + Target.HOLD + ";SELECT 1 " + MARK),
          Map.entry(Topic.TLS, ROWS + "SELEC 1;" + Target.HOLD + ";SELECT 1 " + MARK));

  @Override
  public String label() {
    return "mariadb-cli";
  }

  @Override
  public String impossible(Topic topic, ServerKind kind) {
    return switch (topic) {
      case CHANGE_USER, CHANGE_USER_REFUSED, SET_OPTION -> "programs have no command for it";
      case PREPARED, PREPARED_ERROR, STMT_RESET, CURSOR, LONG_DATA, BATCH, BULK ->
          "programs send text only";
      case RESET_CONNECTION, PROCESS_INFO -> "10.11's programs send SQL instead";
      case BINLOG_DUMP ->
          kind == ServerKind.MARIADB_SYSTEM || kind == ServerKind.MYSQL_5_7
              ? ""
              : "10.11's program refuses later servers";
      case NEW_EOF -> "libmariadb 3.3 asks for the old style";
      default -> "";
    };
  }

  @Override
  public Tally talk(Topic topic, Target target) throws IOException, InterruptedException {
    Tally seen = new Tally();
    switch (topic) {
      case LOGIN_REFUSED -> {
        sql(target, "nobody", "wrong", "SELECT 1", seen);
        sql(target, Target.NATIVE, "wrong", "SELECT 1", seen);
      }
      case LOGIN_SHA2 -> {
        sql(target, Target.SHA2, Target.PASSWORD, SQL.getOrDefault(topic, ""), seen);
        sql(target, Target.SHA2, Target.PASSWORD, SQL.getOrDefault(topic, ""), seen);
      }
      case PING -> admin(target, "ping");
      case STATISTICS -> admin(target, "status");
      case DEBUG -> admin(target, "debug");
      case FIELD_LIST -> terminal(target, "SELECT 1;\n");
      case PROGRESS_REPORT -> terminal(target, slowLoad(target));
      case LOCAL_INFILE -> own(target, target.load("file"), seen);
      case LOCAL_INFILE_FAILS -> own(target, target.load("checked_file"), seen);
      case AUTH_SWITCH ->
          own(target, SQL.getOrDefault(topic, ""), seen, "--default-auth=" + otherPlugin(target));
      case COMPRESSED -> own(target, SQL.getOrDefault(topic, ""), seen, "--compress");
      case TLS -> own(target, SQL.getOrDefault(topic, ""), seen, "--ssl");
      case BINLOG_DUMP -> Program.runDuring(binlog(target), target::awaitSeen);
      default -> own(target, SQL.getOrDefault(topic, ""), seen);
    }
    return seen;
  }

  /** Not the one of the account, whatever that is: then the server asks to switch. */
  private static String otherPlugin(Target target) {
    return target.kind() == ServerKind.MYSQL_8_0 ? "mysql_native_password" : "client_ed25519";
  }

  /** Each row takes 10 ms, and the server reports once a second. */
  private static String slowLoad(Target target) {
    return "LOAD DATA INFILE '"
        + target.lines()
        + "' INTO TABLE file (@l) SET line = SLEEP(0.01);\n";
  }

  private static void own(Target target, String sql, Tally seen, String... options)
      throws IOException, InterruptedException {
    sql(target, Target.NATIVE, Target.PASSWORD, sql, seen, options);
  }

  private static void sql(
      Target target, String user, String password, String sql, Tally seen, String... options)
      throws IOException, InterruptedException {
    List<String> command = program("mariadb", target, user, password);
    command.addAll(
        List.of("--batch", "--skip-column-names", "--force", "--comments", "--local-infile=1"));
    command.addAll(List.of("--max-allowed-packet=64M", "--database=" + Target.SCHEMA));
    if (!List.of(options).contains("--ssl")) {
      command.add("--skip-ssl");
    }
    command.addAll(List.of(options));
    Program.Result result = Program.run(command, sql + "\n");
    seen.add("rows", result.lines());
    Matcher errors = ERROR.matcher(result.err());
    while (errors.find()) {
      boolean login = errors.group(1).equals("1045");
      seen.add((login ? "auth_err " : "err ") + errors.group(1), 1);
    }
  }

  private static void admin(Target target, String what) throws IOException, InterruptedException {
    List<String> command = program("mariadb-admin", target, Target.NATIVE, Target.PASSWORD);
    command.addAll(List.of("--skip-ssl", what));
    Program.Result result = Program.run(command, "");
    if (result.status() != 0) {
      throw new IOException("mariadb-admin " + what + ": " + result.err());
    }
  }

  /** Only on a terminal does mariadb complete names and show progress. */
  private static void terminal(Target target, String input)
      throws IOException, InterruptedException {
    List<String> command = program("mariadb", target, Target.NATIVE, "'" + Target.PASSWORD + "'");
    command.addAll(List.of("--skip-ssl", "--auto-rehash", "--database=" + Target.SCHEMA));
    Program.Result result =
        Program.run(
            List.of("script", "-qec", String.join(" ", command), "/dev/null"), input + "exit\n");
    if (result.status() != 0) {
      throw new IOException("mariadb on a terminal: " + result.out());
    }
  }

  private static List<String> binlog(Target target) {
    List<String> command = program("mariadb-binlog", target, Target.NATIVE, Target.PASSWORD);
    command.addAll(
        List.of("--read-from-remote-server", "--stop-never", "--skip-ssl", "binlog.000001"));
    return command;
  }

  private static List<String> program(String name, Target target, String user, String password) {
    return new ArrayList<>(
        List.of(
            name,
            "--no-defaults",
            "--protocol=tcp",
            "--host=127.0.0.1",
            "--port=" + target.port(),
            "--user=" + user,
            "--password=" + password));
  }
}
