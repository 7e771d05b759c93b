package io.mysqlwire.exactness;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** Somebody on the port who is no MySQL client, or a bad one. Nothing here is ever recorded. */
final class HostileClient {
  /** An account without password and with hardly a right. */
  static final String USER = "victim";

  private static final int RECEIVE_BUFFER = 1 << 14;

  /** What there is to be done. */
  private interface Attack {
    void on(RawClient client) throws IOException;
  }

  private final EmbeddedServer server;
  private final String address;
  private final Random random;
  private final Attack[] attacks = {
    this::randomBytes,
    this::halfPacket,
    this::hugeLength,
    this::wrongSequence,
    this::unfinishedLogin,
    this::garbageAfterLogin,
    this::neverReads,
    RawClient::reset
  };

  HostileClient(EmbeddedServer server, String address, long seed) {
    this.server = server;
    this.address = address;
    this.random = new Random(seed);
  }

  /** One of everything. */
  void attack() throws IOException {
    for (Attack attack : attacks) {
      try (RawClient client = RawClient.connect(server, address, RECEIVE_BUFFER)) {
        attack.on(client);
        if (random.nextBoolean()) {
          client.reset();
        }
      } catch (IOException e) {
        // The server had enough of it: that is its right.
      }
    }
  }

  /** Connects and goes, politely or not. */
  void drop() throws IOException {
    try (RawClient client = RawClient.connect(server, address)) {
      if (random.nextBoolean()) {
        client.reset();
      }
    }
  }

  private void randomBytes(RawClient client) throws IOException {
    client.send(bytes(1 + random.nextInt(100_000)));
    client.read(4);
  }

  private void halfPacket(RawClient client) throws IOException {
    client.read(4);
    byte[] packet = RawClient.packet(1, bytes(5 + random.nextInt(200)));
    client.send(Arrays.copyOf(packet, 1 + random.nextInt(packet.length - 1)));
  }

  private void hugeLength(RawClient client) throws IOException {
    for (int i = 1; i < 20; i++) {
      client.send((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) i);
      client.send(bytes(random.nextInt(50_000)));
    }
  }

  private void wrongSequence(RawClient client) throws IOException {
    client.send(RawClient.packet(2 + random.nextInt(250), bytes(100)));
    client.read(4);
  }

  /** The account name, but no end of it. */
  private void unfinishedLogin(RawClient client) throws IOException {
    byte[] login = new byte[36 + random.nextInt(2000)];
    Arrays.fill(login, 32, login.length, (byte) 'u');
    login[1] = 2; // PROTOCOL_41
    client.read(4);
    client.send(RawClient.packet(1, login));
  }

  private void garbageAfterLogin(RawClient client) throws IOException {
    client.login(USER);
    for (int i = 0; i < 20; i++) {
      byte[] payload = bytes(1 + random.nextInt(100));
      payload[0] &= 0xf; // commands that a server knows, and no COM_CHANGE_USER
      client.send(random.nextBoolean() ? payload : RawClient.packet(random.nextInt(2), payload));
    }
  }

  /** Pipelines questions and reads no answer. */
  private void neverReads(RawClient client) throws IOException {
    client.login(USER);
    for (int i = 0; i < 100; i++) {
      client.query("SELECT * FROM shop.page");
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
