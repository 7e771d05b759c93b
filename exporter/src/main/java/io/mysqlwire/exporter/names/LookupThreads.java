package io.mysqlwire.exporter.names;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that wait for reverse lookups, so that no scrape does. */
final class LookupThreads {
  /** One that hangs on a dead server leaves another. */
  private static final int MOST = 2;

  private static final int IDLE_SECONDS = 30;

  private LookupThreads() {}

  /** Daemons that end when there is nothing to do; past {@code mostWaiting} they reject. */
  static Executor open(int mostWaiting) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            LookupThreads::daemon);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static Thread daemon(Runnable lookups) {
    Thread thread = new Thread(lookups, "backend-names");
    thread.setDaemon(true);
    return thread;
  }
}
