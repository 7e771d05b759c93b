package io.mysqlwire.exporter.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients that hold on to their connections and give nothing for them, from one thread. */
final class PatientClients implements AutoCloseable {
  /** What one of them does. */
  enum Habit {
    /** Sends nothing at all. */
    SILENT,
    /** Sends its request a byte at a time. */
    TRICKLES,
    /** Sends half a request. */
    STOPS_HALFWAY,
    /** Sends a whole request and never reads. */
    NEVER_READS
  }

  private static final ByteBuffer REQUEST =
      StandardCharsets.US_ASCII
          .encode("GET /metrics HTTP/1.1\r\nHost: exporter\r\nX-Patience: much\r\n\r\n")
          .asReadOnlyBuffer();

  private final InetSocketAddress address;
  private final List<Client> clients = new ArrayList<>();

  private static final class Client {
    private final Habit habit;
    private SocketChannel channel;
    private ByteBuffer unsent = REQUEST.duplicate();

    Client(Habit habit, SocketChannel channel) {
      this.habit = habit;
      this.channel = channel;
    }
  }

  PatientClients(InetSocketAddress address, int count) throws IOException {
    this.address = address;
    for (int i = 0; i < count; i++) {
      Habit habit = Habit.values()[i % Habit.values().length];
      clients.add(new Client(habit, connect()));
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.connect(address);
    return channel;
  }

  /** Each does what it does; who was thrown out comes back. */
  void step() throws IOException {
    for (Client client : clients) {
      try {
        if (client.channel.isConnectionPending() && !client.channel.finishConnect()) {
          continue;
        }
        send(client);
        if (client.habit != Habit.NEVER_READS && isClosed(client.channel)) {
          throw new IOException("closed");
        }
      } catch (IOException e) {
        client.channel.close();
        client.channel = connect();
        client.unsent = REQUEST.duplicate();
      }
    }
  }

  private static boolean isClosed(SocketChannel channel) throws IOException {
    return channel.read(ByteBuffer.allocate(256)) < 0;
  }

  private static void send(Client client) throws IOException {
    int bytes =
        switch (client.habit) {
          case SILENT -> 0;
          case TRICKLES -> 1;
          case STOPS_HALFWAY -> Math.max(0, client.unsent.remaining() - REQUEST.remaining() / 2);
          case NEVER_READS -> client.unsent.remaining();
        };
    if (client.unsent.remaining() > bytes || client.habit == Habit.NEVER_READS) {
      ByteBuffer part = client.unsent.slice(client.unsent.position(), bytes);
      client.unsent.position(client.unsent.position() + client.channel.write(part));
    }
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.channel.close();
    }
  }
}
