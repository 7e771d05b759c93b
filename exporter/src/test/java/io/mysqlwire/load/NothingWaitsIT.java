package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.KernelCounts;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.RawClient;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Connections that look as if a command waited, and none does. */
class NothingWaitsIT extends OnEachWatchedServer {
  private static final String ADDRESS = "127.0.0.2";

  /** Where no other test of this class asks from. */
  private static final String SILENT = "127.0.0.4";

  private static final int COM_QUIT = 0x01;
  private static final int COM_BINLOG_DUMP = 0x12;
  private static final int COM_STMT_SEND_LONG_DATA = 0x18;
  private static final int COM_STMT_CLOSE = 0x19;
  private static final int CONNECTIONS = 20;
  private static final int ROUNDS = 20;

  @Test
  void shouldNotWaitForAnswersThatNobodyGives() throws Exception {
    try (TimedClient closing = TimedClient.connect(server(), SILENT);
        TimedClient sending = TimedClient.connect(server(), SILENT);
        TimedClient leaving = TimedClient.connect(server(), SILENT);
        TimedClient waits = TimedClient.connect(server(), "127.0.0.3")) {
      Waiting waiting = waiting();
      StoppedServer.during(
          server(),
          () -> {
            closing.raw().send(packet(COM_STMT_CLOSE, 4));
            sending.raw().send(packet(COM_STMT_SEND_LONG_DATA, 7));
            leaving.raw().send(packet(COM_QUIT, 0));
            waits.ask("DO 0");
            waiting.shouldBe(waits.address(), 1, waits.asked());
            waiting.shouldBeNone(SILENT);
            for (WireTap tap : taps().all()) {
              assertThat(commands(tap)).as("seen by " + tap.tap()).isEqualTo(3);
            }
          });
      waits.awaitAnswer();
      leaving.raw().readToEnd();
      waiting.shouldSoonBeNone(waits.address());
      waiting.shouldBeNone(SILENT);
    }
  }

  /**
   * Such a command crosses the end of the answer before: nothing more comes to correct a mistake.
   */
  @Test
  void shouldNotWaitOnceAStatementIsClosed() throws Exception {
    try (ClientGroup clients = new ClientGroup(server())) {
      Waiting waiting = waiting();
      clients.connect(ADDRESS, CONNECTIONS);
      for (int i = 0; i < ROUNDS; i++) {
        clients.each(
            client -> {
              client.run("DO 0");
              client.raw().send(packet(COM_STMT_CLOSE, 4));
            });
        waiting.shouldSoonBeNone(ADDRESS);
      }
    }
  }

  /** Answers of 50 bytes and more can't be read: that they ended is known from what is not sent. */
  @Test
  void shouldNotWaitForAnswersThatCannotBeRead() throws Exception {
    Waiting waiting = waiting();
    String url =
        server().jdbcUrl("", "useCompression=true&user=root&localSocketAddress=" + ADDRESS);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < ROUNDS; i++) {
        try (ResultSet rows = statement.executeQuery("SELECT REPEAT('x', 10000), SLEEP(0.01)")) {
          rows.next();
        }
        waiting.shouldSoonBeNone(ADDRESS);
      }
    }
    waiting.shouldSoonBeGone(ADDRESS);
  }

  /** A stream goes on for as long as the replica likes; it is no command that waits. */
  @Test
  void shouldNotWaitForTheEndOfAStream() throws Exception {
    try (TimedClient operator = TimedClient.connect(server(), OPERATOR)) {
      Waiting waiting = waiting();
      try (TimedClient replica = TimedClient.connect(server(), ADDRESS)) {
        replica.run("SET @master_binlog_checksum = @@global.binlog_checksum");
        replica.raw().send(binlogDump());
        for (WireTap tap : taps().all()) {
          Await.until("the stream has begun", () -> streams(tap) == 1);
        }
        waiting.shouldBeNone(ADDRESS);
        // Otherwise a server that shuts down waits for its replicas.
        operator.run("KILL " + replica.raw().id());
        waiting.shouldSoonBeGone(ADDRESS);
      }
    }
  }

  private static long commands(WireTap tap) {
    return KernelCounts.byBackend(tap.read())
        .matching(
            name ->
                name.contains(" " + SILENT + " ")
                    && (name.endsWith("command stmt_close")
                        || name.endsWith("command stmt_send_long_data")
                        || name.endsWith("command quit")))
        .total();
  }

  private static long streams(WireTap tap) {
    return tap.read().opaque().stream()
        .filter(opaque -> opaque.reason() == OpaqueReason.REPLICATION)
        .mapToLong(opaque -> opaque.connections())
        .sum();
  }

  /** From the start of the first binary log of this server, as server 2. */
  private static byte[] binlogDump() {
    ByteBuffer dump = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
    dump.put((byte) COM_BINLOG_DUMP).putInt(4).putShort((short) 0).putInt(2);
    return RawClient.packet(0, dump.array());
  }

  /** With so many bytes of zero behind the command. */
  private static byte[] packet(int command, int zeros) {
    return RawClient.packet(0, ByteBuffer.allocate(1 + zeros).put((byte) command).array());
  }
}
