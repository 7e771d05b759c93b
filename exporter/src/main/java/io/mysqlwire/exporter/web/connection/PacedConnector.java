package io.mysqlwire.exporter.web.connection;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connector that takes new connections no faster than it can look at them.
 *
 * <p>Jetty's own takes all that the kernel has, and queues them. Between a scraper's connection and
 * the look at its request there could then be more others than {@link Limits#connections}, and it
 * would have to go before anybody read what it wants. The rest waits in the kernel meanwhile.
 */
public final class PacedConnector extends ServerConnector {
  private static final int MOST_UNOPENED = 16;

  private static final long PAUSE_NANOSECONDS = 500_000;

  /** The kernel takes less where net.core.somaxconn says so. */
  private static final int BACKLOG = 1024;

  private final AtomicInteger unopened = new AtomicInteger();

  public PacedConnector(Server server, ConnectionFactory... factories) {
    // No acceptor threads: a selector accepts well enough for a scrape every few seconds.
    super(server, null, null, null, 0, 1, factories);
    setAcceptQueueSize(BACKLOG);
    addBean(new Count());
  }

  @Override
  protected SelectorManager newSelectorManager(
      Executor executor, Scheduler scheduler, int selectors) {
    return new ServerConnectorManager(executor, scheduler, selectors) {
      @Override
      protected @Nullable SelectableChannel doAccept(SelectableChannel server) throws IOException {
        if (unopened.get() < MOST_UNOPENED) {
          return super.doAccept(server);
        }
        // It will be asked again at once. Not setAccepting(false) and back: with that a request
        // once had no answer for 60 s under a flood of logins; the cause was not found.
        LockSupport.parkNanos(PAUSE_NANOSECONDS);
        return null;
      }
    };
  }

  /** Counts between accept and open. */
  private final class Count implements SelectorManager.AcceptListener {
    @Override
    public void onAccepting(SelectableChannel channel) {
      unopened.incrementAndGet();
    }

    @Override
    public void onAccepted(SelectableChannel channel) {
      unopened.decrementAndGet();
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
      unopened.decrementAndGet();
    }
  }
}
