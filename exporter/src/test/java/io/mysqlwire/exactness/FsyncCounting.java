package io.mysqlwire.exactness;

import io.mysqlwire.bpf.FsyncCounters;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * A tracing tap that began to count a server's fsyncs while the server did none, so that it is
 * known of each whether it counts.
 *
 * @param tap the tap
 * @param before what the witness had seen by then
 * @param logFsyncs what the server said of its redo log by then
 */
record FsyncCounting(WireTap tap, Tally before, long logFsyncs) implements AutoCloseable {
  /** Of the server's status; MariaDB has no such figure since 10.8. */
  static final String LOG_FSYNCS = "Innodb_os_log_fsyncs";

  private static final int ATTEMPTS = 20;

  /** Begins with the server's first response to a connection that is made here. */
  static FsyncCounting begin(EmbeddedServer server, FsyncWitness witness)
      throws IOException, SQLException, TapException {
    FsyncWorkload workload = new FsyncWorkload(server);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      WireTap tap = WireTap.attach(Taps.config(server.port(), "tracing"));
      Tally before = witness.fsyncs();
      workload.run("DO 0");
      long logFsyncs = server.kind().isMariaDb() ? 0 : workload.status(LOG_FSYNCS);
      if (witness.fsyncs().difference(before).isEmpty()) {
        return new FsyncCounting(tap, before, logFsyncs);
      }
      tap.close();
    }
    throw new IOException(server.kind().label() + " does not stop to fsync");
  }

  /** What the kernel counted, by label of the file. */
  Tally counted() {
    return counted(tap.read());
  }

  static Tally counted(WireSnapshot snapshot) {
    Tally tally = new Tally();
    for (FsyncCounters fsyncs : snapshot.fsyncs()) {
      tally.add(fsyncs.file().label(), Arrays.stream(fsyncs.latencyBuckets()).sum());
    }
    return tally;
  }

  /** What the witness has seen since. */
  Tally witnessed(FsyncWitness witness) throws IOException {
    Tally all = witness.fsyncs();
    before.counts().forEach((file, count) -> all.add(file, -count));
    return all.matching(file -> true);
  }

  @Override
  public void close() {
    tap.close();
  }
}
