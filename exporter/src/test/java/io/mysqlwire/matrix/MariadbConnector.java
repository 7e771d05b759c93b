package io.mysqlwire.matrix;

import static io.mysqlwire.exactness.Observations.MARK;

import io.mysqlwire.exactness.Observations;
import io.mysqlwire.testing.ServerKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** MariaDB Connector/J, which speaks to every server. */
final class MariadbConnector extends JdbcClient {
  MariadbConnector() {
    super("mariadb-connector-j", "mariadb", "allowLocalInfile=true");
  }

  @Override
  public String impossible(Topic topic, ServerKind kind) {
    return switch (topic) {
      case AUTH_SWITCH -> kind == ServerKind.MYSQL_8_0 ? "" : "driver takes the greeting's plugin";
      case RESET_CONNECTION -> kind.isMariaDb() ? "" : "driver sends it to MariaDB only";
      case CURSOR -> "driver reads rows as they come instead";
      case PROGRESS_REPORT -> "driver does not ask for reports";
      default -> super.impossible(topic, kind);
    };
  }

  @Override
  String options(Topic topic) {
    String tls = topic == Topic.TLS ? "sslMode=trust" : "sslMode=disable";
    return tls
        + switch (topic) {
          case PREPARED -> "&useServerPrepStmts=true&cachePrepStmts=false";
          case PREPARED_ERROR, LONG_DATA -> "&useServerPrepStmts=true";
          case BATCH -> "&useServerPrepStmts=true&useBulkStmts=false";
          case BULK -> "&useServerPrepStmts=true&useBulkStmts=true";
          case COMPRESSED -> "&useCompression=true";
          case RESET_CONNECTION -> "&useResetConnection=true";
          case OLD_EOF -> "&deprecateEof=false";
          default -> "";
        };
  }

  @Override
  Map<Topic, JdbcTalk> own() {
    return Map.of(
        Topic.AUTH_SWITCH, JdbcTalks.sql("SELECT 1 " + MARK),
        Topic.BULK, JdbcPrepared::batch,
        Topic.RESET_CONNECTION, MariadbConnector::reset);
  }

  private static void reset(Connection connection, Target target, Observations observed)
      throws SQLException {
    connection.unwrap(org.mariadb.jdbc.Connection.class).reset();
    observed.run(connection, "SELECT 1 " + MARK);
  }
}
