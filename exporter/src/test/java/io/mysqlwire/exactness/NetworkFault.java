package io.mysqlwire.exactness;

import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.util.List;

/** Something that is wrong with the network between clients and server until it is closed. */
public interface NetworkFault extends AutoCloseable {
  /** How often each kind of mishap happened so far. */
  Tally mishaps() throws IOException;

  /** The kinds that have to happen: without them a test would prove nothing. */
  List<String> possible();

  @Override
  void close() throws IOException;
}
