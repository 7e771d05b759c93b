package io.mysqlwire.matrix;

import static io.mysqlwire.exactness.Observations.MARK;

import com.mysql.cj.jdbc.ConnectionImpl;
import com.mysql.cj.protocol.a.NativeConstants.IntegerDataType;
import com.mysql.cj.protocol.a.NativePacketPayload;
import io.mysqlwire.exactness.Observations;
import io.mysqlwire.testing.ServerKind;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** MySQL Connector/J, which can send any command. */
final class MysqlConnector extends JdbcClient {
  private static final int COM_INIT_DB = 0x02;
  private static final int COM_FIELD_LIST = 0x04;
  private static final int COM_STATISTICS = 0x09;
  private static final int COM_PROCESS_INFO = 0x0a;
  private static final int COM_DEBUG = 0x0d;
  private static final int COM_BINLOG_DUMP = 0x12;
  private static final int COM_SET_OPTION = 0x1b;

  /** From position 4, without flags, as server 4712. */
  private static final byte[] FROM_START = {4, 0, 0, 0, 0, 0, 0x68, 0x12, 0, 0};

  MysqlConnector() {
    super("mysql-connector-j", "mysql", "allowLoadLocalInfile=true");
  }

  @Override
  public String impossible(Topic topic, ServerKind kind) {
    if (kind != ServerKind.MYSQL_8_0) {
      return "driver speaks to MySQL 8 and later only";
    }
    return topic == Topic.OLD_EOF
        ? "driver always asks for the new style"
        : super.impossible(topic, kind);
  }

  @Override
  String options(Topic topic) {
    String tls = topic == Topic.TLS ? "sslMode=REQUIRED" : "sslMode=DISABLED";
    return tls
        + switch (topic) {
          case PREPARED, PREPARED_ERROR, LONG_DATA, STMT_RESET, BATCH -> "&useServerPrepStmts=true";
          case CURSOR -> "&useServerPrepStmts=true&useCursorFetch=true";
          case COMPRESSED -> "&useCompression=true";
          default -> "";
        };
  }

  @Override
  Map<Topic, JdbcTalk> own() {
    return Map.ofEntries(
        Map.entry(Topic.AUTH_SWITCH, JdbcTalks.sql("SELECT 1 " + MARK)),
        Map.entry(Topic.CHANGE_USER, MysqlConnector::changeUser),
        Map.entry(Topic.CHANGE_USER_REFUSED, MysqlConnector::changeUserRefused),
        Map.entry(Topic.RESET_CONNECTION, MysqlConnector::reset),
        Map.entry(Topic.STMT_RESET, JdbcPrepared::longData),
        Map.entry(Topic.INIT_DB, command(COM_INIT_DB, text("information_schema"))),
        Map.entry(Topic.STATISTICS, command(COM_STATISTICS)),
        Map.entry(Topic.FIELD_LIST, command(COM_FIELD_LIST, text("item\0%"))),
        Map.entry(Topic.SET_OPTION, command(COM_SET_OPTION, (byte) 0, (byte) 0)),
        Map.entry(Topic.DEBUG, command(COM_DEBUG)),
        Map.entry(Topic.PROCESS_INFO, command(COM_PROCESS_INFO)),
        Map.entry(Topic.BINLOG_DUMP, MysqlConnector::dump));
  }

  private static void changeUser(Connection connection, Target target, Observations observed)
      throws SQLException {
    observed.run(connection, "SELECT 1 " + MARK);
    connection.unwrap(ConnectionImpl.class).changeUser(Target.OTHER, Target.PASSWORD);
    observed.run(connection, "SELECT id FROM item " + MARK);
    connection.unwrap(ConnectionImpl.class).changeUser(Target.NATIVE, Target.PASSWORD);
    observed.run(connection, "SELECT 1 " + MARK);
  }

  private static void changeUserRefused(Connection connection, Target target, Observations observed)
      throws SQLException {
    try {
      connection.unwrap(ConnectionImpl.class).changeUser(Target.OTHER, "wrong");
    } catch (SQLException e) {
      observed.refused(e);
    }
  }

  private static void reset(Connection connection, Target target, Observations observed)
      throws SQLException {
    connection.unwrap(ConnectionImpl.class).resetServerState();
    observed.run(connection, "SELECT 1 " + MARK);
  }

  private static void dump(Connection connection, Target target, Observations observed)
      throws Exception {
    observed.run(connection, "SET @master_binlog_checksum = @@global.binlog_checksum");
    command(COM_BINLOG_DUMP, FROM_START).on(connection, target, observed);
    target.awaitSeen();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads no more than the first packet of the answer: the last thing on its connection. */
  private static JdbcTalk command(int command, byte... rest) {
    return (connection, target, observed) -> {
      NativePacketPayload packet = new NativePacketPayload(1 + rest.length);
      packet.writeInteger(IntegerDataType.INT1, command);
      for (byte value : rest) {
        packet.writeInteger(IntegerDataType.INT1, value);
      }
      connection
          .unwrap(ConnectionImpl.class)
          .getSession()
          .getProtocol()
          .sendCommand(packet, false, 0);
    };
  }
}
