package io.mysqlwire.load;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** A client that opens a connection, uses it in some way, and drops it in some other. */
final class UglyClient {
  /** An account that does not exist. */
  static final String STRANGER = "stranger";

  private static final String ROOT = "root";
  private static final int RECEIVE_BUFFER = 1 << 14;
  private static final int CLIENT_SSL = 1 << 11;
  private static final int PROTOCOL_41 = 1 << 9;
  private static final byte COM_QUIT = 0x01;
  private static final byte COM_QUERY = 0x03;
  private static final byte COM_STMT_CLOSE = 0x19;

  private final EmbeddedServer server;
  private final String address;
  private final Random random;
  private final Use[] uses = {
    client -> {},
    client -> client.read(4),
    this::halfALogin,
    this::startOfTls,
    client -> client.askToLogIn(ROOT),
    client -> client.askToLogIn(STRANGER),
    client -> client.login(ROOT),
    this::halfACommand,
    this::commandThatGoesOn,
    this::someOfAResult,
    this::manyAnswersUnread,
    this::commandAndFarewell,
    this::answeredAndClosed,
  };

  /** What is done on a connection. */
  private interface Use {
    void of(RawClient client) throws IOException;
  }

  UglyClient(EmbeddedServer server, String address, long seed) {
    this.server = server;
    this.address = address;
    this.random = new Random(seed);
  }

  /** One connection. That the server has enough of it first is the server's right. */
  void once() throws IOException {
    try (RawClient client = RawClient.connect(server, address, RECEIVE_BUFFER)) {
      try {
        uses[random.nextInt(uses.length)].of(client);
      } catch (IOException e) {
        client.reset();
      }
      if (random.nextBoolean()) {
        client.reset();
      }
    }
  }

  /** A connection that the server can't know of yet, with a login that nobody waits for. */
  RawClient whileNobodyAccepts() throws IOException {
    RawClient client = RawClient.connect(server, address);
    client.send(RawClient.packet(1, login(0, ROOT)));
    return client;
  }

  private void halfALogin(RawClient client) throws IOException {
    client.read(4);
    byte[] packet = RawClient.packet(1, login(0, ROOT));
    client.send(Arrays.copyOf(packet, 1 + random.nextInt(packet.length - 1)));
  }

  /** The request for TLS, and the header of a ClientHello that never comes. */
  private void startOfTls(RawClient client) throws IOException {
    client.read(4);
    client.send(RawClient.packet(1, Arrays.copyOf(login(CLIENT_SSL, ""), 32)));
    client.send((byte) 0x16, (byte) 3, (byte) 1, (byte) 2, (byte) 0);
  }

  private void halfACommand(RawClient client) throws IOException {
    client.login(ROOT);
    byte[] packet = RawClient.packet(0, query("SELECT 'half a command'"));
    client.send(Arrays.copyOf(packet, 1 + random.nextInt(packet.length - 1)));
  }

  private void commandThatGoesOn(RawClient client) throws IOException {
    client.login(ROOT);
    client.query("SELECT SLEEP(0.01)");
  }

  private void someOfAResult(RawClient client) throws IOException {
    client.login(ROOT);
    client.query("SELECT REPEAT('x', 200000)");
    client.read(random.nextInt(10_000));
  }

  /** More commands than the kernel remembers one by one. */
  private void manyAnswersUnread(RawClient client) throws IOException {
    client.login(ROOT);
    for (int i = 0; i < 20; i++) {
      client.query(i % 3 == 0 ? "DO 0" : "SELECT REPEAT('x', 20000)");
    }
  }

  private void commandAndFarewell(RawClient client) throws IOException {
    client.login(ROOT);
    client.query("SELECT 1");
    client.send(RawClient.packet(0, new byte[] {COM_QUIT}));
  }

  private void answeredAndClosed(RawClient client) throws IOException {
    client.login(ROOT);
    client.query("SELECT 1");
    client.readAnswer();
    client.send(RawClient.packet(0, new byte[] {COM_STMT_CLOSE, 1, 0, 0, 0}));
  }

  private static byte[] query(String sql) {
    byte[] payload = (" " + sql).getBytes(StandardCharsets.UTF_8);
    payload[0] = COM_QUERY;
    return payload;
  }

  /** A login without password, up to the end of the name. */
  private static byte[] login(int capabilities, String user) {
    byte[] name = user.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(32 + name.length + 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(PROTOCOL_41 | capabilities)
        .position(32)
        .put(name)
        .array();
  }
}
