package io.mysqlwire.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A client socket that records what passes: in the clear, also where TLS lies over it. Below TLS
 * only the server's bytes are counted.
 */
final class WitnessSocket extends Socket {
  private static final int DRAIN_MILLISECONDS = 5000;

  private final Dawdler dawdler;
  private @Nullable RecordedConnection connection;
  private volatile boolean encrypted;
  private @Nullable SSLSocket tls;
  private boolean closing;

  /** How a client reads. */
  enum Pace {
    FULL,
    /** So slowly that the server's sends fall short or find no room at all. */
    SLOW;

    private static final int BUFFER = 1 << 16;
    static final int BYTES_BETWEEN_PAUSES = 1 << 18;
    static final int PAUSE_MILLISECONDS = 20;
  }

  WitnessSocket(Pace pace) throws IOException {
    dawdler = new Dawdler(pace);
    if (pace == Pace.SLOW) {
      setReceiveBufferSize(Pace.BUFFER);
    }
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    super.connect(endpoint, timeout);
    connection =
        new RecordedConnection(
            (InetSocketAddress) getLocalSocketAddress(),
            (InetSocketAddress) getRemoteSocketAddress());
    Recording.add(connection);
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  private RecordedConnection connection() throws IOException {
    if (connection == null) {
      throw new IOException("not connected");
    }
    return connection;
  }

  /** From here on what passes is encrypted; {@link #encryptedBy} follows. */
  void startTls() throws IOException {
    encrypted = true;
    connection().decrypt();
  }

  /** The socket over this one, with streams that record what it decrypts and encrypts. */
  SSLSocket encryptedBy(SSLSocket over) {
    tls = new WitnessTlsSocket(over, this);
    return tls;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    RecordedConnection recorded = connection();
    return new RecordedInput(
        super.getInputStream(),
        (buffer, offset, length) -> {
          recorded.addWire(length);
          if (!encrypted) {
            recorded.add(true, buffer, offset, length);
          }
          dawdler.dawdle(length);
        });
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    RecordedConnection recorded = connection();
    return new RecordedOutput(
        super.getOutputStream(),
        (buffer, offset, length) -> {
          if (!encrypted) {
            recorded.add(false, buffer, offset, length);
          }
        });
  }

  /** What TLS decrypts for the client. */
  InputStream decrypted(InputStream input) throws IOException {
    RecordedConnection recorded = connection();
    return new RecordedInput(
        input, (buffer, offset, length) -> recorded.add(true, buffer, offset, length));
  }

  /** What TLS is to encrypt for the client. */
  OutputStream encrypting(OutputStream output) throws IOException {
    RecordedConnection recorded = connection();
    return new RecordedOutput(
        output, (buffer, offset, length) -> recorded.add(false, buffer, offset, length));
  }

  /** Reads to the end first: what the server has sent and the driver left unread counts as well. */
  @Override
  public synchronized void close() throws IOException {
    if (connection != null && !isClosed() && !closing) {
      closing = true; // closing what lies over this one closes this one
      try {
        setSoTimeout(DRAIN_MILLISECONDS);
        Socket top = tls == null ? this : tls;
        top.shutdownOutput();
        InputStream rest = top.getInputStream();
        byte[] buffer = new byte[4096];
        while (rest.read(buffer) >= 0) {}
      } catch (IOException e) {
        // The server went first: there is nothing left to read.
      }
    }
    super.close();
  }
}
