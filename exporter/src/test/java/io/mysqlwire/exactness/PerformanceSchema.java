package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.testing.DecodedConversation;
import io.mysqlwire.testing.DecodedResponse;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The errors that MySQL 8 says it raised, by client address. Codes that it has no name for, those
 * of a SIGNAL for instance, it counts together; they are 0 here.
 */
final class PerformanceSchema {
  private final EmbeddedServer server;
  private final Client root;

  PerformanceSchema(EmbeddedServer server, Client root) {
    this.server = server;
    this.root = root;
  }

  /**
   * Of these addresses every error that was raised was sent.
   *
   * <p>Except 1452, which MySQL also counts where it then says 1216.
   */
  void shouldAgree(Witness witness, Predicate<String> addresses) throws SQLException {
    try (Connection connection = root.connect(server, "");
        Statement statement = connection.createStatement()) {
      Set<Integer> codes = new HashSet<>();
      try (ResultSet row =
          statement.executeQuery(
              "SELECT error_number"
                  + " FROM performance_schema.events_errors_summary_global_by_error")) {
        while (row.next()) {
          codes.add(row.getInt(1));
        }
      }
      Tally raised = new Tally();
      try (ResultSet row =
          statement.executeQuery(
              "SELECT host, error_number, sum_error_raised"
                  + " FROM performance_schema.events_errors_summary_by_host_by_error"
                  + " WHERE sum_error_raised > 0 AND host IS NOT NULL"
                  + " AND COALESCE(error_number, 0) <> 1452")) {
        while (row.next()) {
          if (addresses.test(row.getString(1))) {
            raised.add(row.getString(1) + " " + row.getInt(2), row.getLong(3));
          }
        }
      }
      assertThat(received(witness, addresses, codes).difference(raised))
          .as("errors by address: witness, server, difference")
          .isEmpty();
    }
  }

  private static Tally received(
      Witness witness, Predicate<String> addresses, Set<Integer> knownCodes) {
    Tally tally = new Tally();
    for (DecodedConversation conversation : witness.conversations()) {
      for (DecodedResponse response : conversation.responses()) {
        if (response.type() == ResponseType.ERR && addresses.test(conversation.backend())) {
          int code = knownCodes.contains(response.code()) ? response.code() : 0;
          tally.add(conversation.backend() + " " + code, 1);
        }
      }
    }
    return tally;
  }
}
