package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.TapException;
import io.mysqlwire.exporter.service.Exporter;
import io.mysqlwire.exporter.service.ServeConfig;
import io.mysqlwire.exporter.web.ListenException;

/** The life of a process that serves. */
final class Serving {
  private Serving() {}

  /** Serves what {@code opening} opens, until a signal ends the process with status 0. */
  static void untilSignal(Exporter.Opening opening, ServeConfig config) throws RefusedException {
    try (Exporter exporter = Exporter.start(opening, config)) {
      closeOnSignal(exporter);
      exporter.join();
    } catch (ListenException e) {
      throw new RefusedException(e.problems());
    } catch (TapException e) {
      throw new RefusedException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts the main thread; end if they do
    }
  }

  /**
   * Ends the process with status 0 once all is closed.
   *
   * <p>A signal makes the JVM run its shutdown hooks and then exit with 128 + the signal's number,
   * which service managers read as a failure, though being asked to stop and stopping is none. Only
   * {@code halt} can end it otherwise; it skips the other hooks, of which we have none.
   */
  private static void closeOnSignal(Exporter exporter) {
    Thread hook =
        new Thread(
            () -> {
              exporter.close();
              Runtime.getRuntime().halt(ExitStatus.OK);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
