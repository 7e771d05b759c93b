package io.mysqlwire.load;

import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Clients of one server that do the same. */
final class ClientGroup implements AutoCloseable {
  private final EmbeddedServer server;
  private final List<TimedClient> clients = new ArrayList<>();

  ClientGroup(EmbeddedServer server) {
    this.server = server;
  }

  /** Adds clients that come from one address. */
  void connect(String address, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.add(TimedClient.connect(server, address));
    }
  }

  /** What is done by each. */
  interface Task {
    void by(TimedClient client) throws IOException;
  }

  /** One after another. */
  void each(Task task) throws IOException {
    for (TimedClient client : clients) {
      task.by(client);
    }
  }

  /** {@link System#nanoTime()} before the first client of that address asked last. */
  long asked(String address) {
    return clients.stream()
        .filter(client -> client.address().equals(address))
        .mapToLong(TimedClient::asked)
        .min()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    each(TimedClient::close);
  }
}
