package io.mysqlwire.load;

import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exactness.Taps;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.ServerKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that look as if a command waited, and none does. */
class NothingWaitsIT {
  private static final String ADDRESS = "127.0.0.2";
  private static final int COM_QUIT = 0x01;
  private static final int COM_BINLOG_DUMP = 0x12;
  private static final int COM_STMT_SEND_LONG_DATA = 0x18;
  private static final int COM_STMT_CLOSE = 0x19;
  private static final int CONNECTIONS = 20;
  private static final int ROUNDS = 20;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldNotWaitForAnswersThatNobodyGives(ServerKind kind) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port());
        TimedClient closing = TimedClient.connect(server, ADDRESS);
        TimedClient sending = TimedClient.connect(server, ADDRESS);
        TimedClient leaving = TimedClient.connect(server, ADDRESS);
        TimedClient waits = TimedClient.connect(server, "127.0.0.3")) {
      Waiting waiting = new Waiting(taps);
      StoppedServer.during(
          server,
          () -> {
            closing.raw().send(packet(COM_STMT_CLOSE, 4));
            sending.raw().send(packet(COM_STMT_SEND_LONG_DATA, 7));
            leaving.raw().send(packet(COM_QUIT, 0));
            waits.ask("DO 0");
            waiting.shouldBe(waits.address(), 1, waits.asked());
            waiting.shouldBeNone(ADDRESS);
          });
      waits.awaitAnswer();
      leaving.raw().readToEnd();
      waiting.shouldSoonBeNone(waits.address());
      waiting.shouldBeNone(ADDRESS);
    }
  }

  /**
   * Such a command crosses the end of the answer before: nothing more comes to correct a mistake.
   */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldNotWaitOnceAStatementIsClosed(ServerKind kind) throws Exception {
    List<TimedClient> clients = new ArrayList<>();
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port())) {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(TimedClient.connect(server, ADDRESS));
      }
      Waiting waiting = new Waiting(taps);
      for (int i = 0; i < ROUNDS; i++) {
        for (TimedClient client : clients) {
          client.run("DO 0");
          client.raw().send(packet(COM_STMT_CLOSE, 4));
        }
        waiting.shouldSoonBeNone(ADDRESS);
      }
    } finally {
      for (TimedClient client : clients) {
        client.close();
      }
    }
  }

  /** Answers of 50 bytes and more can't be read: that they ended is known from what is not sent. */
  @Test
  void shouldNotWaitForAnswersThatCannotBeRead() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MYSQL_8_0, Map.of());
        Taps taps = Taps.attach(server.port())) {
      Waiting waiting = new Waiting(taps);
      String url =
          server.jdbcUrl("", "useCompression=true&user=root&localSocketAddress=" + ADDRESS);
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
  }

  /** A stream goes on for as long as the replica likes; it is no command that waits. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldNotWaitForTheEndOfAStream(ServerKind kind) throws Exception {
    Map<String, String> options = Map.of("log-bin", "binlog", "server-id", "1");
    try (EmbeddedServer server = EmbeddedServer.start(kind, options);
        Taps taps = Taps.attach(server.port());
        TimedClient operator = TimedClient.connect(server, "127.0.0.9")) {
      Waiting waiting = new Waiting(taps);
      try (TimedClient replica = TimedClient.connect(server, ADDRESS)) {
        replica.run("SET @master_binlog_checksum = @@global.binlog_checksum");
        replica.raw().send(binlogDump());
        for (WireTap tap : taps.all()) {
          Await.until("the stream has begun", () -> streams(tap) == 1);
        }
        waiting.shouldBeNone(ADDRESS);
        // Otherwise a server that shuts down waits for its replicas.
        operator.run("KILL " + replica.raw().id());
        waiting.shouldSoonBeGone(ADDRESS);
      }
    }
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
