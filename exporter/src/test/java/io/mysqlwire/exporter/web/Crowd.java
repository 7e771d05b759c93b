package io.mysqlwire.exporter.web;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Patient clients at work on a thread of their own until they are told to go. */
final class Crowd {
  private static final int PAUSE_MILLISECONDS = 10;

  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean over;

  Crowd(InetSocketAddress address, int count) {
    thread = new Thread(() -> work(address, count), "crowd");
    thread.start();
  }

  private void work(InetSocketAddress address, int count) {
    try (PatientClients clients = new PatientClients(address, count)) {
      while (!over) {
        clients.step();
        Thread.sleep(PAUSE_MILLISECONDS);
      }
    } catch (Exception e) {
      failure.set(e);
    }
  }

  /** Throws what went wrong with the clients themselves. */
  void disperse() throws Exception {
    over = true;
    thread.join();
    Exception e = failure.get();
    if (e != null) {
      throw e;
    }
  }
}
