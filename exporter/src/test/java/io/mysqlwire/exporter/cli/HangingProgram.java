package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapDescription;
import io.mysqlwire.bpf.WireReader;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.collector.Snapshots;
import io.mysqlwire.exporter.names.NameSource;
import io.mysqlwire.exporter.servers.ServerBinaries;
import io.mysqlwire.exporter.service.ServeConfig;
import io.mysqlwire.exporter.web.ListenAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.LoggerFactory;

/** What {@code run} does from the attached tap to a signal, with a tap that hangs. */
final class HangingProgram {
  /** What hangs, in a process that its name is given to. */
  enum Hang {
    /** Each read of the maps. */
    READ,
    /** The same, holding the lock that {@code close} takes, as the real taps do. */
    READ_WITH_LOCK,
    /** {@code close} itself. */
    CLOSE,
    /** Nothing: {@code close} fails as it does without memory. */
    CLOSE_FAILS,
    /** {@code close}, and the log: nobody reads standard error. */
    CLOSE_AND_LOG
  }

  private HangingProgram() {}

  public static void main(String[] arguments) throws Exception {
    Hang hang = Hang.valueOf(arguments[0]);
    ServeConfig config =
        new ServeConfig(
            List.of(new ListenAddress("127.0.0.1", 0)),
            Optional.empty(),
            "/metrics",
            NameSource.NONE,
            Duration.ofHours(1),
            ServerBinaries.UNREADABLE);
    Serving.untilSignal(() -> new HangingReader(hang), config);
  }

  private static final class HangingReader implements WireReader {
    private final ReentrantLock lock = new ReentrantLock();
    private final Hang hang;

    HangingReader(Hang hang) {
      this.hang = hang;
    }

    @Override
    public TapDescription description() {
      return Snapshots.loaded(TapChoice.CGROUP);
    }

    @Override
    public WireSnapshot read() {
      if (hang == Hang.READ_WITH_LOCK) {
        lock.lock();
      }
      if (hang == Hang.READ || hang == Hang.READ_WITH_LOCK) {
        LoggerFactory.getLogger(HangingProgram.class).info("reads");
        hangForEver();
      }
      return Snapshots.sample();
    }

    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }

    @Override
    public void close() {
      lock.lock();
      switch (hang) {
        case CLOSE -> hangForEver();
        case CLOSE_FAILS -> throw new OutOfMemoryError("made up");
        case CLOSE_AND_LOG -> {
          while (true) {
            LoggerFactory.getLogger(HangingProgram.class).warn("x".repeat(4096));
          }
        }
        case READ, READ_WITH_LOCK -> {}
      }
    }

    /** Whoever interrupts. */
    private static void hangForEver() {
      while (true) {
        LockSupport.park();
      }
    }
  }
}
