package io.mysqlwire.exporter.health.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.FileClass;
import io.mysqlwire.bpf.FsyncInFlight;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
class TrafficReadingsTest {
  private static final String SERVER = "10.0.0.7:3306";
  private static final int GONE = 99;
  private static final long SECOND = 1_000_000_000L;
  private static final Backend SHOP = new Backend(SERVER, "10.0.1.4", "shop");
  private static final Backend SEARCH = new Backend(SERVER, "10.0.1.5", "search");
  private static final Backend PROBE = new Backend(SERVER, "127.0.0.1", "probe");

  private final TrafficReadings<String> readings =
      new TrafficReadings<>(0.2, call -> call.thread() != GONE);
  private final List<BackendCounters> backends = new ArrayList<>();
  private final List<ErrorCount> errors = new ArrayList<>();
  private final List<FsyncInFlight> fsyncs = new ArrayList<>();
  private long writes;

  private TrafficReadingsTest backend(Backend who, long answered, long waiting, double oldest) {
    long[] responses = new long[ResponseType.values().length];
    responses[ResponseType.RESULTSET.ordinal()] = answered;
    backends.add(
        new BackendCounters(
            who,
            responses,
            new long[Command.values().length],
            0,
            0,
            writes,
            1,
            new long[WireSnapshot.LATENCY_BUCKETS],
            0,
            0,
            1,
            waiting,
            oldest));
    return this;
  }

  private TrafficReadingsTest error(Backend who, ResponseType type, int code, long count) {
    errors.add(new ErrorCount(who, type, code, count));
    return this;
  }

  /** What is known once all this was read at that second. */
  private Traffic at(double second) {
    long now = (long) (second * SECOND);
    WireSnapshot snapshot =
        new WireSnapshot(
            List.copyOf(backends),
            List.copyOf(errors),
            Map.of(),
            List.of(),
            List.of(),
            List.copyOf(fsyncs),
            List.of(),
            List.of());
    readings.offer(now, snapshot, label -> label, List.of("probe"));
    backends.clear();
    errors.clear();
    fsyncs.clear();
    return readings.of(SERVER, now);
  }

  @Test
  void shouldSeeClientsThatWereAnsweredBeforeItLooked() {
    Traffic first = backend(SHOP, 1_000, 2, 3).at(0);
    assertThat(first.wasSeen()).isTrue();
    assertThat(first.wasAnswered()).isFalse();
  }

  @Test
  void shouldKnowWhetherClientsWrite() {
    writes = 40;
    assertThat(backend(SHOP, 100, 1, 0.1).at(0).isWritten()).isFalse();
    writes = 41;
    assertThat(backend(SHOP, 101, 1, 0.1).at(1).isWritten()).isTrue();
    assertThat(backend(SHOP, 101, 1, 1.1).at(2).isWritten()).as("one waits").isFalse();
    assertThat(backend(SHOP, 103, 1, 0.1).at(3).isWritten()).as("two seconds ago").isFalse();
  }

  @Test
  void shouldLeaveTheProbesOwnWritesOut() {
    backend(SHOP, 100, 0, 0).at(0);
    writes = 7;
    backend(PROBE, 9, 0, 0);
    writes = 0;
    assertThat(backend(SHOP, 103, 0, 0).at(1).isWritten()).isFalse();
  }

  @Test
  void shouldKnowTheLongestFsyncThatHasNotReturned() {
    fsyncs.add(new FsyncInFlight(SERVER, FileClass.REDO, 1, 2, 0.3));
    fsyncs.add(new FsyncInFlight(SERVER, FileClass.BINLOG, 1, 3, 4));
    fsyncs.add(new FsyncInFlight(SERVER, FileClass.DATA, 1, GONE, 900));
    assertThat(backend(SHOP, 1, 0, 0).at(0).fsync())
        .hasValueSatisfying(call -> assertThat(call.file()).isEqualTo(FileClass.BINLOG));
    fsyncs.add(new FsyncInFlight(SERVER, FileClass.REDO, 1, 2, 0.1));
    assertThat(backend(SHOP, 1, 0, 0).at(1).fsync()).as("none takes too long").isEmpty();
  }

  @Test
  void shouldCountWhatIsAnsweredNow() {
    assertThat(backend(SHOP, 1_000, 2, 0.5).at(0).answered()).isZero();
    Traffic then = backend(SHOP, 1_030, 2, 0.5).backend(SEARCH, 3, 1, 7).at(1);
    assertThat(then.answered()).isEqualTo(33);
    assertThat(then.waiting()).isEqualTo(3);
    assertThat(then.oldestSeconds()).isEqualTo(7);
    assertThat(then.silentSeconds()).isZero();
    assertThat(then.perSecond()).isEqualTo(33);
  }

  @Test
  void shouldSaySinceWhenNobodyIsAnswered() {
    for (int second = 0; second <= 10; second++) {
      backend(SHOP, 100L * second, 0, 0).at(second);
    }
    Traffic silent = Traffic.NONE;
    for (int second = 11; second <= 20; second++) {
      silent = backend(SHOP, 1_000, 4, second - 10).at(second);
    }
    assertThat(silent.answered()).isZero();
    assertThat(silent.flows()).isFalse();
    assertThat(silent.silentSeconds()).isEqualTo(10);
    assertThat(silent.perSecond()).as("what was usual").isCloseTo(100, within(1.0));
  }

  @Test
  void shouldLeaveOutTheProbes() {
    backend(SHOP, 5, 0, 0).backend(PROBE, 10, 1, 3).at(0);
    Traffic then = backend(SHOP, 5, 0, 0).backend(PROBE, 20, 1, 3).at(1);
    assertThat(then.answered()).isZero();
    assertThat(then.waiting()).isZero();
  }

  @Test
  void shouldCountClientsThatAreToldTheSame() {
    error(SHOP, ResponseType.ERR, 1290, 7).error(SEARCH, ResponseType.ERR, 1836, 1).at(0);
    assertThat(
            error(SHOP, ResponseType.ERR, 1290, 9)
                .error(SEARCH, ResponseType.ERR, 1836, 1)
                .at(1)
                .readOnlyClients())
        .isEqualTo(1);
    assertThat(
            error(SHOP, ResponseType.ERR, 1290, 9)
                .error(SEARCH, ResponseType.ERR, 1836, 2)
                .at(2)
                .readOnlyClients())
        .isEqualTo(2);
  }

  @Test
  void shouldTellRefusedLoginsFromOtherErrors() {
    error(SHOP, ResponseType.AUTH_ERR, 1040, 1).error(SHOP, ResponseType.AUTH_ERR, 1045, 1).at(0);
    Traffic then =
        error(SHOP, ResponseType.AUTH_ERR, 1040, 4)
            .error(SHOP, ResponseType.AUTH_ERR, 1045, 9)
            .at(1);
    assertThat(then.refused()).isEqualTo(3);
    assertThat(then.answered()).as("no answer to a command").isZero();
  }

  @Test
  void shouldForgetWhatIsOlderThanItsWindow() {
    error(SHOP, ResponseType.AUTH_ERR, 1040, 1).at(0);
    error(SHOP, ResponseType.AUTH_ERR, 1040, 4).at(1);
    for (int second = 2; second <= 4; second++) {
      error(SHOP, ResponseType.AUTH_ERR, 1040, 4).at(second);
    }
    assertThat(error(SHOP, ResponseType.AUTH_ERR, 1040, 4).at(5).refused()).isZero();
  }

  @Test
  void shouldBeginAnewWithNewPrograms() {
    backend(SHOP, 1_000, 0, 0).at(0);
    assertThat(backend(SHOP, 10, 0, 0).at(1).answered()).isZero();
    assertThat(backend(SHOP, 15, 0, 0).at(2).answered()).isEqualTo(5);
  }
}
