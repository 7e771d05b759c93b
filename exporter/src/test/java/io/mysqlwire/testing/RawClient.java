package io.mysqlwire.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/**
 * A client without a driver: it says what no driver would say, and leaves when no driver would
 * leave. Its accounts have no password. What passes its socket is recorded; it reads only what it
 * is told to read, and closes without reading the rest.
 */
public final class RawClient implements AutoCloseable {
  /** LONG_PASSWORD, PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH: result sets of the old style. */
  private static final int CAPABILITIES = 1 | 1 << 9 | 1 << 15 | 1 << 19;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int HEADER = 4;
  private static final int SSL = 1 << 11;
  private static final int COM_QUERY = 3;
  private static final int COM_CHANGE_USER = 0x11;
  private static final int AUTH_SWITCH = 0xfe;
  private static final int UTF8 = 33;
  private static final int TIMEOUT_MILLISECONDS = 600_000;

  private final Socket socket;
  private final RecordedConnection recorded;
  private Encryption encryption = Encryption.NONE;

  /** What is said in the clear: over TLS, once that is agreed on. */
  private Socket speech;

  private long id;
  private String plugin = "";

  private RawClient(MeasuredSocket socket) {
    this.socket = socket;
    speech = socket;
    recorded =
        new RecordedConnection(
            (InetSocketAddress) socket.getLocalSocketAddress(),
            (InetSocketAddress) socket.getRemoteSocketAddress());
    socket.reportTo(recorded);
  }

  /** Connects from that address; not part of the {@link Recording}. */
  public static RawClient connect(EmbeddedServer server, String from) throws IOException {
    return connect(server, from, 0);
  }

  /**
   * The same with a small window, so that the server soon has to wait.
   *
   * @param receiveBuffer bytes, 0 for the usual
   */
  public static RawClient connect(EmbeddedServer server, String from, int receiveBuffer)
      throws IOException {
    MeasuredSocket socket = new MeasuredSocket();
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.setSoTimeout(TIMEOUT_MILLISECONDS);
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), server.port()));
      return new RawClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Part of the {@link Recording}: the caller has to read all that the server sends. */
  public static RawClient witnessed(EmbeddedServer server, String from) throws IOException {
    return witnessed(server, from, 0);
  }

  /** The same with a small window. */
  public static RawClient witnessed(EmbeddedServer server, String from, int receiveBuffer)
      throws IOException {
    RawClient client = connect(server, from, receiveBuffer);
    Recording.add(client.recorded);
    return client;
  }

  /** Has it ask for TLS when it logs in. */
  public RawClient encrypted(Encryption version) {
    encryption = version;
    return this;
  }

  /** Whether TLS took up a session of an earlier connection. */
  public boolean isResumed(long since) {
    return speech instanceof SSLSocket tls && tls.getSession().getCreationTime() < since;
  }

  public RecordedConnection recorded() {
    return recorded;
  }

  /** Logs in, in the way the greeting proposes, and waits for the verdict. */
  public void login(String user) throws IOException {
    askToLogIn(user);
    readVerdict();
  }

  /** Reads up to the end of a login that has to succeed. */
  public void readVerdict() throws IOException {
    Packet packet = readPacket();
    while (packet.first() == AUTH_SWITCH) {
      packet = readPacket();
    }
    if (!packet.isOk()) {
      throw new IOException("a login ended with " + packet.first());
    }
  }

  /** Asks for TLS, and does not begin it. */
  public void askForTls() throws IOException {
    readGreeting();
    send(packet(1, fixedPart()));
  }

  /** Logs in without waiting for the verdict. */
  public void askToLogIn(String user) throws IOException {
    readGreeting();
    startTls();
    send(packet(speech == socket ? 1 : 2, loginPacket(user, plugin)));
  }

  private void readGreeting() throws IOException {
    Packet greeting = readPacket();
    greeting.at(1).zeroTerminated();
    id = greeting.u32();
    // scramble 9, flags 2, charset 1, status 2, flags 2, length 1, reserved 10
    Packet end = greeting.at(greeting.position() + 27);
    end.zeroTerminated(); // rest of the scramble
    plugin = end.zeroTerminated();
  }

  private void startTls() throws IOException {
    if (encryption != Encryption.NONE) {
      send(packet(1, fixedPart()));
      recorded.decrypt();
      speech = TrustingTls.over(socket, encryption);
    }
  }

  /** What the server calls this connection, for KILL. */
  public long id() {
    return id;
  }

  /** A login up to the name, which alone asks for TLS. */
  private byte[] fixedPart() {
    int tls = encryption == Encryption.NONE ? 0 : SSL;
    ByteBuffer fixed = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    return fixed.putInt(CAPABILITIES | tls).putInt(1 << 24).put((byte) UTF8).array();
  }

  private byte[] loginPacket(String user, String plugin) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.writeBytes(fixedPart());
    packet.writeBytes(user.getBytes(StandardCharsets.UTF_8));
    packet.write(0);
    packet.write(0); // no password
    packet.writeBytes(plugin.getBytes(StandardCharsets.UTF_8));
    packet.write(0);
    return packet.toByteArray();
  }

  /** Asks to go on as somebody else, and does not wait: servers ask for the password again. */
  public void changeUser(String user) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(COM_CHANGE_USER);
    packet.writeBytes(user.getBytes(StandardCharsets.UTF_8));
    packet.writeBytes(new byte[] {0, 0, 0, UTF8, 0}); // no password, no schema
    packet.writeBytes(plugin.getBytes(StandardCharsets.UTF_8));
    packet.write(0);
    send(packet(0, packet.toByteArray()));
    send(packet(2, new byte[0]));
  }

  /** Sends a statement and does not wait. */
  public void query(String sql) throws IOException {
    send(queryPacket(sql));
  }

  /**
   * Sends a statement up to its command byte. It is recorded whole: witnesses read whole packets.
   */
  public void announce(String sql) throws IOException {
    byte[] packet = queryPacket(sql);
    recorded.add(false, packet, 0, packet.length);
    speech.getOutputStream().write(packet, 0, HEADER + 1);
  }

  private static byte[] queryPacket(String sql) {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    return packet(0, ByteBuffer.allocate(1 + text.length).put((byte) COM_QUERY).put(text).array());
  }

  /** Header and payload. */
  public static byte[] packet(int sequence, byte[] payload) {
    return ByteBuffer.allocate(HEADER + payload.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(payload.length | sequence << 24)
        .put(payload)
        .array();
  }

  /** Sends bytes of any kind. */
  public void send(byte... bytes) throws IOException {
    recorded.add(false, bytes, 0, bytes.length);
    speech.getOutputStream().write(bytes);
  }

  /** Sends what no witness should take for MySQL. */
  public void sendUnrecorded(byte... bytes) throws IOException {
    speech.getOutputStream().write(bytes);
  }

  /** Reads OK, ERR, or a result set that has rows of short columns. */
  public void readAnswer() throws IOException {
    Packet first = readPacket();
    if (first.isOk() || first.isErr()) {
      return;
    }
    for (int ends = 0; ends < 2; ) {
      Packet packet = readPacket();
      if (packet.isErr()) {
        return;
      }
      ends += packet.isTerminator() ? 1 : 0;
    }
  }

  private Packet readPacket() throws IOException {
    byte[] header = readExactly(HEADER);
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    return new Packet(header[3] & 0xff, readExactly(length));
  }

  private byte[] readExactly(int bytes) throws IOException {
    byte[] read = new byte[bytes];
    if (read(read) < bytes) {
      throw new EOFException("the server closed the connection");
    }
    return read;
  }

  /** Reads that many bytes, or fewer when the server closes first. */
  public int read(int bytes) throws IOException {
    return read(new byte[bytes]);
  }

  private int read(byte[] buffer) throws IOException {
    InputStream input = speech.getInputStream();
    int read = 0;
    for (int n = 0; n >= 0 && read < buffer.length; read += Math.max(n, 0)) {
      n = input.read(buffer, read, buffer.length - read);
      recorded.add(true, buffer, read, Math.max(n, 0));
    }
    return read;
  }

  /** Reads until the server closes. */
  public void readToEnd() throws IOException {
    try {
      while (read(4096) == 4096) {}
    } catch (SocketException e) {
      // It closed without reading a last word of TLS: a reset, behind all that it had sent.
    }
  }

  /** Says that nothing more comes from here, and reads to the end. */
  public void leave() throws IOException {
    speech.shutdownOutput();
    readToEnd();
  }

  /** Closes with a reset instead of a farewell. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
