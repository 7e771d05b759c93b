package io.mysqlwire.matrix;

import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exactness.Witness;
import io.mysqlwire.testing.ConversationRecorder;
import io.mysqlwire.testing.RecordedConnection;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.RecordingRelay;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs one cell: a client talks through a relay, and three sides are compared. */
final class CellRunner {
  private static final Path CORPUS =
      Path.of(System.getProperty("mysqlwire.corpus", "target/corpus"));

  /** Replaying at every cut takes the square of the length. */
  private static final int CORPUS_BYTES = 1 << 17;

  private static final long LIMIT_SECONDS = 180;
  private static final long LOOK_NANOSECONDS = TimeUnit.SECONDS.toNanos(20);

  private final MatrixServer server;
  private final KernelTap tap;
  private final Path files;
  private final Tally errors = new Tally();

  CellRunner(MatrixServer server, KernelTap tap, Path files) {
    this.server = server;
    this.tap = tap;
    this.files = files;
  }

  /** Errors by client address, of all connections that could be read. */
  Tally errors() {
    return errors;
  }

  /**
   * Runs it.
   *
   * @param address of the client, none else's
   */
  Cell run(MatrixClient client, Topic topic, String address) {
    ServerKind kind = server.server().kind();
    String reason = topic.impossibleOn(kind);
    if (reason.isEmpty()) {
      reason = client.impossible(topic, kind);
    }
    if (!reason.isEmpty()) {
      return Cell.impossible(client.label(), topic, reason);
    }
    try (Recording recording = Recording.open();
        RecordingRelay relay = RecordingRelay.open(server.server(), address)) {
      return talk(client, topic, address, recording, relay);
    } catch (Exception e) {
      return Cell.failed(client.label(), topic, e.toString());
    }
  }

  private Cell talk(
      MatrixClient client, Topic topic, String address, Recording recording, RecordingRelay relay)
      throws Exception {
    if (topic == Topic.LOGIN_SHA2) {
      server.execute("FLUSH PRIVILEGES"); // makes it forget the passwords that it knows
    }
    WireSnapshot before = tap.read();
    CountDownLatch seen = new CountDownLatch(1);
    Target target = new Target(server.server().kind(), relay.port(), files, seen);
    Tally told = topic.isOpaque() ? held(client, topic, target) : client.talk(topic, target);
    relay.awaitEnd();
    Witness witness = new Witness(recording);
    CellCheck check = new CellCheck(topic, address, witness, told);
    String trouble = check.settledTrouble(tap, before);
    if (topic != Topic.TLS) {
      witness.errorsByAddress().counts().forEach(errors::add);
    }
    record(client, topic, recording.connections());
    return check.cell(client.label(), trouble);
  }

  /** Keeps the connection open until the kernel says that it cannot be read. */
  private Tally held(MatrixClient client, Topic topic, Target target) throws Exception {
    OpaqueReason reason =
        switch (topic) {
          case COMPRESSED -> OpaqueReason.COMPRESSED;
          case TLS -> OpaqueReason.TLS;
          default -> OpaqueReason.REPLICATION;
        };
    server.execute("DO GET_LOCK('seen', 60)");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Tally> talk = thread.submit(() -> client.talk(topic, target));
      boolean opaque = awaitOpaque(reason, talk);
      if (!opaque && talk.isDone()) {
        talk.get(); // says why
      }
      for (int i = 0; opaque && i < 5; i++) {
        server.execute("INSERT INTO shop.sink VALUES (0, NULL)"); // news for a replica
      }
      server.execute("DO RELEASE_LOCK('seen')");
      target.seen().countDown();
      Tally told = talk.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!opaque) {
        throw new IllegalStateException("no open connection was shown as " + reason.label());
      }
      if (topic == Topic.BINLOG_DUMP) {
        server.endDumps(); // only a new event would tell them that nobody listens
      }
      return told;
    } finally {
      thread.shutdownNow();
    }
  }

  private boolean awaitOpaque(OpaqueReason reason, Future<?> talk) throws InterruptedException {
    long deadline = System.nanoTime() + LOOK_NANOSECONDS;
    while (KernelTap.open(tap.read(), reason) == 0) {
      if (talk.isDone() || System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }

  /** What can be replayed on the host goes to the corpus of {@code make -C bpf test}. */
  private void record(MatrixClient client, Topic topic, List<RecordedConnection> connections)
      throws IOException {
    if (topic == Topic.TLS || topic == Topic.COMPRESSED) {
      return;
    }
    Files.createDirectories(CORPUS);
    String name = server.server().kind().label() + "-by-" + client.label() + "-" + topic.label();
    for (int i = 0; i < Math.min(2, connections.size()); i++) {
      long bytes =
          connections.get(i).chunks().stream().mapToLong(chunk -> chunk.bytes().length).sum();
      if (bytes <= CORPUS_BYTES) {
        ConversationRecorder.write(
            connections.get(i), CORPUS.resolve(name + (i == 0 ? "" : "-" + (i + 1))));
      }
    }
  }
}
