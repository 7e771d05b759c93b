package io.mysqlwire.exporter.health.probe;

import java.sql.SQLException;
import org.mariadb.jdbc.Connection;

/** What a probe asks by an open connection. */
@FunctionalInterface
interface Question {
  /** Nothing: the login was the question. */
  Question NONE = connection -> Answer.OK;

  /** Asks, and reads the whole answer. */
  Answer ask(Connection connection) throws SQLException;

  /**
   * What the server said.
   *
   * @param finding {@code OK}, or why it was not asked
   * @param message for people; empty when there is nothing to add
   * @param soon whether to ask again before the usual time
   */
  record Answer(Finding finding, String message, boolean soon) {
    static final Answer OK = new Answer(Finding.OK, "", false);

    Answer(Finding finding, String message) {
      this(finding, message, false);
    }
  }
}
