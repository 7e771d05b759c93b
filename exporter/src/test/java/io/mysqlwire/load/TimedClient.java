package io.mysqlwire.load;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import java.io.IOException;

/** A client, logged in as root, that knows when it asked and when it had its answer. */
final class TimedClient implements AutoCloseable {
  private static final String ROOT = "root";

  private final RawClient client;
  private final String address;
  private long asked;
  private long answered;

  private TimedClient(RawClient client, String address) {
    this.client = client;
    this.address = address;
  }

  static TimedClient connect(EmbeddedServer server, String address) throws IOException {
    return connect(server, address, 0);
  }

  /** With so small a receive buffer; 0 for the usual. */
  static TimedClient connect(EmbeddedServer server, String address, int receiveBuffer)
      throws IOException {
    RawClient client = RawClient.connect(server, address, receiveBuffer);
    try {
      client.login(ROOT);
      return new TimedClient(client, address);
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  /** Sends a statement and does not wait. */
  TimedClient ask(String sql) throws IOException {
    asked = System.nanoTime();
    client.query(sql);
    return this;
  }

  /** Waits for its answer. */
  void awaitAnswer() throws IOException {
    client.readAnswer();
    answered = System.nanoTime();
  }

  /** Both. */
  void run(String sql) throws IOException {
    ask(sql).awaitAnswer();
  }

  /** Its own address. */
  String address() {
    return address;
  }

  /** {@link System#nanoTime()} before the last statement was sent. */
  long asked() {
    return asked;
  }

  /** The same after its answer was read. */
  long answered() {
    return answered;
  }

  /** For what a decent client would not do. */
  RawClient raw() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
