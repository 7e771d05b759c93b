package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.TapException;
import io.mysqlwire.exporter.service.Exporter;
import io.mysqlwire.exporter.service.ServeConfig;
import io.mysqlwire.exporter.web.ListenException;

/** The life of a process that serves. */
final class Serving {
  private Serving() {}

  /** Serves what {@code opening} opens, until a signal ends the process. */
  static void untilSignal(Exporter.Opening opening, ServeConfig config) throws RefusedException {
    try (Exporter exporter = Exporter.start(opening, config)) {
      Shutdown.onSignal(exporter);
      exporter.logAddresses(); // whoever reads them may send a signal at once
      exporter.join();
    } catch (ListenException e) {
      throw new RefusedException(e.problems());
    } catch (TapException e) {
      throw new RefusedException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts the main thread; end if they do
    }
  }
}
