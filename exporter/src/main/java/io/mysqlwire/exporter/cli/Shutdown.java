package io.mysqlwire.exporter.cli;

import io.mysqlwire.exporter.service.Exporter;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a process that serves: {@link #LIMIT_SECONDS} after a signal it is over, and with one
 * more where even the log hangs.
 *
 * <p>A signal makes the JVM run its shutdown hooks and then exit with 128 + the signal's number,
 * which service managers read as a failure, though being asked to stop and stopping is none. Only
 * {@code halt} can end it otherwise; it skips the other hooks, of which we have none. What hangs
 * may be a read of a map that holds the tap's lock, a thread of the web server that is gone, or
 * standard error. The kernel detaches what {@code run} attached however the process ends.
 */
final class Shutdown {
  /** Less than the 10 s after which Docker kills, and the web server's own 2 s fit in twice. */
  static final int LIMIT_SECONDS = 5;

  private static final int LOG_SECONDS = 1;
  private static final int FRAMES = 6;
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final Exporter exporter;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Thread hook = new Thread(this::close, "shutdown");

  private Shutdown(Exporter exporter) {
    this.exporter = exporter;
  }

  /** Closes {@code exporter} on a signal, and ends the process. */
  static void onSignal(Exporter exporter) {
    Shutdown shutdown = new Shutdown(exporter);
    // It waits from now on: when it is needed there may be no memory for a thread.
    Thread watchdog = new Thread(shutdown::watch, "shutdown-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
  }

  private void close() {
    int status = ExitStatus.NOT_CLOSED;
    try {
      asked.countDown();
      exporter.close();
      status = ExitStatus.OK;
    } catch (Throwable e) {
      LOG.error("could not close everything", e);
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }

  private void watch() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      return; // nobody interrupts it
    }
    try {
      TimeUnit.SECONDS.sleep(LIMIT_SECONDS);
      Thread line = new Thread(this::logHang, "shutdown-log");
      line.setDaemon(true);
      line.start();
      line.join(TimeUnit.SECONDS.toMillis(LOG_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(ExitStatus.NOT_CLOSED);
    }
  }

  private void logHang() {
    LOG.atError()
        .setMessage("could not close everything in " + LIMIT_SECONDS + " s; ending all the same")
        .addKeyValue("hangs_at", place(hook.getStackTrace()))
        .log();
  }

  private static String place(StackTraceElement[] frames) {
    return Arrays.stream(frames)
        .limit(FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < "));
  }
}
