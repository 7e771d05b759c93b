package io.mysqlwire.load;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that encrypt, ask without a break, and come back as soon as their server does. The server
 * is the same all the time, on one port, whatever process it is.
 */
final class EncryptedLoad implements AutoCloseable {
  /** Of all its clients. */
  static final String ADDRESS = "127.0.0.2";

  private static final int CLIENTS = 3;
  private static final int PAUSE_MILLISECONDS = 10;

  /** A prime. */
  private static final int QUERIES_PER_CONNECTION = 17;

  private final EmbeddedServer server;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<Future<?>> clients = new ArrayList<>();
  private volatile boolean stopped;

  private EncryptedLoad(EmbeddedServer server) {
    this.server = server;
  }

  static EncryptedLoad on(EmbeddedServer server) {
    EncryptedLoad load = new EncryptedLoad(server);
    for (int i = 0; i < CLIENTS; i++) {
      load.clients.add(load.threads.submit(load::work));
    }
    return load;
  }

  /** Answers that they have got: to logins, and result sets. */
  long received() {
    return received.get();
  }

  /** Connections that ended in the middle: each may have been sent one answer more. */
  long cut() {
    return cut.get();
  }

  private Void work() throws InterruptedException {
    while (!stopped) {
      try {
        converse();
      } catch (ConnectException e) {
        Thread.sleep(PAUSE_MILLISECONDS); // nobody listens just now
      } catch (IOException e) {
        cut.incrementAndGet();
      }
    }
    return null;
  }

  private void converse() throws IOException {
    try (RawClient client = RawClient.connect(server, ADDRESS).encrypted(Encryption.TLS_1_3)) {
      client.login("root");
      received.incrementAndGet();
      for (int i = 0; i < QUERIES_PER_CONNECTION && !stopped; i++) {
        client.query("SELECT " + i);
        client.readAnswer();
        received.incrementAndGet();
      }
      client.leave();
    }
  }

  /** Lets each client end what it is at. */
  void stop() throws Exception {
    stopped = true;
    for (Future<?> client : clients) {
      client.get();
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
