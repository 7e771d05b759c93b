package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the server itself says it sent, against what the witness saw since this was made. */
final class ServerStatistics {
  private final EmbeddedServer server;
  private final Client root;
  private final Recording recording;
  private final long bytesBefore;

  ServerStatistics(EmbeddedServer server, Client root, Recording recording) throws SQLException {
    this.server = server;
    this.root = root;
    this.recording = recording;
    this.bytesBefore = unaccountedBytes();
  }

  void shouldAgree() throws SQLException {
    assertThat(unaccountedBytes()).as("bytes that only the server knows of").isEqualTo(bytesBefore);
    if (server.kind() == ServerKind.MYSQL_8_0) {
      assertThat(new Witness(recording).errorsByAddress().difference(errors()))
          .as("errors by address: witness, server, difference")
          .isEmpty();
    }
  }

  /** The server counts an answer after it was sent, so that it lacks this very one. */
  private long unaccountedBytes() throws SQLException {
    try (Connection connection = root.connect(server, "");
        Statement statement = connection.createStatement()) {
      long witnessed = new Witness(recording).bytesKnownTo(server.kind());
      try (ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Bytes_sent'")) {
        row.next();
        return row.getLong(2) - witnessed;
      }
    }
  }

  /**
   * Errors by client address, which only MySQL 8 keeps; needs performance_schema. It counts 1452
   * also where it then tells the client 1216.
   */
  private Tally errors() throws SQLException {
    Tally tally = new Tally();
    try (Connection connection = root.connect(server, "");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT host, error_number, sum_error_raised"
                    + " FROM performance_schema.events_errors_summary_by_host_by_error"
                    + " WHERE sum_error_raised > 0 AND host IS NOT NULL"
                    + " AND COALESCE(error_number, 0) <> 1452")) {
      while (row.next()) {
        tally.add(row.getString(1) + " " + row.getInt(2), row.getLong(3));
      }
    }
    return tally;
  }
}
