package io.mysqlwire.matrix;

import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;

/** A client library with the program around it. */
interface MatrixClient {
  /** For people and for files. */
  String label();

  /** Why it can't talk about this with such a server; empty when it can. */
  String impossible(Topic topic, ServerKind kind);

  /**
   * Talks, and says what the application saw.
   *
   * @return counts named like those of {@code Witness.asObserved()}, or {@code command NAME}; only
   *     names that are in there are compared
   */
  Tally talk(Topic topic, Target target) throws Exception;
}
