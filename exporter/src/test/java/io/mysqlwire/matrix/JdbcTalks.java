package io.mysqlwire.matrix;

import static io.mysqlwire.exactness.Observations.MARK;

import io.mysqlwire.exactness.Observations;
import io.mysqlwire.matrix.JdbcClient.JdbcTalk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** What every driver can say: text statements and the calls of JDBC. */
final class JdbcTalks {
  private static final String ERROR_AFTER_ROWS =
      "SELECT (SELECT amount FROM price WHERE price.item = i.id) FROM item i ORDER BY id";
  private static final String ROWS = "SELECT id, name FROM item " + MARK;

  private JdbcTalks() {}

  static Map<Topic, JdbcTalk> byTopic() {
    return Map.ofEntries(
        Map.entry(Topic.LOGIN_NATIVE, sql("SELECT 1 " + MARK)),
        Map.entry(Topic.LOGIN_REFUSED, sql()),
        Map.entry(Topic.LOGIN_SHA2, sql("SELECT 1 " + MARK)),
        Map.entry(Topic.TEXT, sql(ROWS, "DO 0 " + MARK, "UPDATE account SET balance = 1 " + MARK)),
        Map.entry(
            Topic.ERRORS,
            sql(
                "SELEC 1",
                "SELECT * FROM missing",
                "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO=50001")),
        Map.entry(
            Topic.MULTI_STATEMENT,
            sql("SELECT 1 " + MARK + "; DO 0 " + MARK + "; " + ROWS, "SELECT 1; SELEC 2")),
        Map.entry(Topic.CALL, sql("CALL two_results() " + MARK, "CALL signals()")),
        Map.entry(Topic.PREPARED, JdbcPrepared::statements),
        Map.entry(Topic.PREPARED_ERROR, JdbcPrepared::errors),
        Map.entry(Topic.CURSOR, JdbcPrepared::cursor),
        Map.entry(Topic.LONG_DATA, JdbcPrepared::longData),
        Map.entry(Topic.BATCH, JdbcPrepared::batch),
        Map.entry(Topic.LOCAL_INFILE, load("file")),
        Map.entry(Topic.LOCAL_INFILE_FAILS, load("checked_file")),
        Map.entry(Topic.PING, JdbcTalks::ping),
        Map.entry(Topic.INIT_DB, JdbcTalks::initDb),
        Map.entry(Topic.OLD_EOF, sql(ROWS, "SELECT 1 " + MARK + "; SELECT 2 " + MARK)),
        Map.entry(Topic.NEW_EOF, sql(ROWS, "SELECT 1 " + MARK + "; SELECT 2 " + MARK)),
        Map.entry(Topic.LONG_ROW, sql("SELECT REPEAT('y', 17000023), 'z' " + MARK)),
        Map.entry(Topic.SEQUENCE_ID_WRAPS, sql(ROWS)),
        Map.entry(Topic.ERROR_AFTER_ROWS, sql(ERROR_AFTER_ROWS)),
        Map.entry(Topic.COMPRESSED, sql(ROWS, "SELEC 1", Target.HOLD, "SELECT 1 " + MARK)),
        Map.entry(Topic.TLS, sql(ROWS, "SELEC 1", Target.HOLD, "SELECT 1 " + MARK)));
  }

  static JdbcTalk sql(String... statements) {
    return (connection, target, observed) -> {
      for (String statement : statements) {
        observed.run(connection, statement);
      }
    };
  }

  private static JdbcTalk load(String table) {
    return (connection, target, observed) -> observed.run(connection, target.load(table));
  }

  private static void ping(Connection connection, Target target, Observations observed)
      throws SQLException {
    for (int i = 0; i < 3; i++) {
      if (!connection.isValid(60)) {
        throw new SQLException("no answer to a ping");
      }
    }
    observed.count("command ping", 3);
  }

  private static void initDb(Connection connection, Target target, Observations observed)
      throws SQLException {
    connection.setCatalog("information_schema");
    try {
      connection.setCatalog("nowhere");
    } catch (SQLException e) {
      observed.error(e);
    }
  }
}
