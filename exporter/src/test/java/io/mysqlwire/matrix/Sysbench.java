package io.mysqlwire.matrix;

import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** sysbench, as people run it to see what a server can do. */
final class Sysbench implements MatrixClient {
  private static final Pattern QUERIES = Pattern.compile("total: +(\\d+)");
  private static final int EVENTS = 211;

  /** A test of our own: its only event lasts until somebody has looked. */
  private static final String HELD =
      """
      function thread_init() connection = sysbench.sql.driver():connect() end
      function event()
        connection:query("%s")
        connection:query("SELECT id, name FROM item")
        pcall(function() connection:query("SELEC 1") end)
      end
      function thread_done() connection:disconnect() end
      """;

  @Override
  public String label() {
    return "sysbench";
  }

  @Override
  public String impossible(Topic topic, ServerKind kind) {
    return switch (topic) {
      case LOGIN_NATIVE, LOGIN_SHA2, LOGIN_REFUSED, TEXT, PREPARED, OLD_EOF, COMPRESSED, TLS -> "";
      case AUTH_SWITCH -> kind == ServerKind.MYSQL_8_0 ? "" : "libmariadb takes the greeting's";
      case NEW_EOF -> "libmariadb 3.3 asks for the old style";
      default -> "benchmark, does nothing of the kind";
    };
  }

  @Override
  public Tally talk(Topic topic, Target target) throws IOException, InterruptedException {
    return switch (topic) {
      case LOGIN_REFUSED -> refused(target);
      case LOGIN_SHA2 -> sum(few(target, Target.SHA2), few(target, Target.SHA2));
      case TEXT ->
          sum(
              run(target, Target.NATIVE, "oltp_point_select", "disable", EVENTS),
              run(target, Target.NATIVE, "oltp_read_write", "disable", 13, "--threads=1"));
      case PREPARED ->
          sum(
              run(target, Target.NATIVE, "oltp_point_select", "auto", EVENTS),
              run(target, Target.NATIVE, "oltp_read_write", "auto", 13, "--threads=1"));
      case COMPRESSED -> held(target, "--mysql-compression=on");
      case TLS -> held(target, "--mysql-ssl=on");
      default -> few(target, Target.NATIVE);
    };
  }

  private static Tally few(Target target, String user) throws IOException, InterruptedException {
    return run(target, user, "oltp_point_select", "disable", 3);
  }

  private static Tally sum(Tally one, Tally two) {
    Tally sum = new Tally();
    one.counts().forEach(sum::add);
    two.counts().forEach(sum::add);
    return sum;
  }

  private static Tally held(Target target, String option) throws IOException, InterruptedException {
    Path script = Files.createTempFile("mysqlwire", ".lua");
    try {
      Files.writeString(script, HELD.formatted(Target.HOLD));
      String test = script.toString();
      Tally seen = run(target, Target.NATIVE, test, "disable", 1, option);
      seen.add("queries", 1); // it leaves out the one that fails
      return seen;
    } finally {
      Files.delete(script);
    }
  }

  private static Tally refused(Target target) throws IOException, InterruptedException {
    if (program(target, "nobody", "oltp_point_select", "disable", 1).status() == 0) {
      throw new IOException("sysbench took a refusal for a success");
    }
    return new Tally();
  }

  /** The queries that it says it ran; transactions are begun and ended by queries, too. */
  private static Tally run(
      Target target, String user, String test, String prepared, int events, String... options)
      throws IOException, InterruptedException {
    Program.Result result = program(target, user, test, prepared, events, options);
    Matcher queries = QUERIES.matcher(result.out());
    if (result.status() != 0 || !queries.find()) {
      throw new IOException(test + " failed: " + result.out() + result.err());
    }
    Tally seen = new Tally();
    seen.add("queries", Long.parseLong(queries.group(1)));
    return seen;
  }

  private static Program.Result program(
      Target target, String user, String test, String prepared, int events, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sysbench",
                test,
                "--mysql-host=127.0.0.1",
                "--mysql-port=" + target.port(),
                "--mysql-user=" + user,
                "--mysql-password=" + Target.PASSWORD,
                "--mysql-db=" + Target.SCHEMA,
                "--db-ps-mode=" + prepared,
                "--table-size=1000",
                "--threads=2",
                "--time=0",
                "--events=" + events));
    command.addAll(List.of(options));
    command.add("run");
    return Program.run(command, "", target.files());
  }
}
