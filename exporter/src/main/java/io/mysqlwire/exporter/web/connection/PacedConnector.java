package io.mysqlwire.exporter.web.connection;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
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
 *
 * <p>The selector is told when to look at the port. Not by {@code setAccepting}: that cancels the
 * port's key and registers a new one, and both in one round of Jetty's selector is a {@code
 * CancelledKeyException}, upon which it closes the port for good.
 */
public final class PacedConnector extends ServerConnector {
  private static final int MOST_UNOPENED = 16;

  /** The kernel takes less where net.core.somaxconn says so. */
  private static final int BACKLOG = 1024;

  /** Accepted and not opened yet. Only the selector adds to it. */
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
    return new PacedAccepts(executor, scheduler, selectors);
  }

  private final class PacedAccepts extends ServerConnectorManager {
    PacedAccepts(Executor executor, Scheduler scheduler, int selectors) {
      super(executor, scheduler, selectors);
    }

    @Override
    protected @Nullable SelectableChannel doAccept(SelectableChannel port) throws IOException {
      if (unopened.get() < MOST_UNOPENED) {
        return super.doAccept(port);
      }
      submitLook();
      return null;
    }

    void submitLook() {
      chooseSelector().submit(this::look); // there is but one
    }

    /**
     * Whether the selector looks at the port, by the count of now. This runs in its thread, behind
     * each change that matters, so the last one that runs is right.
     */
    private void look(Selector selector) {
      if (getTransport() instanceof SelectableChannel port) {
        SelectionKey key = port.keyFor(selector);
        if (key != null && key.isValid()) {
          key.interestOps(unopened.get() < MOST_UNOPENED ? SelectionKey.OP_ACCEPT : 0);
        }
      }
    }
  }

  /** Counts between accept and open. */
  private final class Count implements SelectorManager.AcceptListener {
    @Override
    public void onAccepting(SelectableChannel channel) {
      unopened.incrementAndGet();
    }

    @Override
    public void onAccepted(SelectableChannel channel) {
      oneLess();
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
      oneLess();
    }

    private void oneLess() {
      if (unopened.getAndDecrement() == MOST_UNOPENED
          && getSelectorManager() instanceof PacedAccepts accepts) {
        accepts.submitLook();
      }
    }
  }
}
