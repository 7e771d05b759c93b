package io.mysqlwire.testing;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A client socket that records what passes. */
final class WitnessSocket extends Socket {
  private static final int DRAIN_MILLISECONDS = 5000;

  private final Pace pace;
  private @Nullable RecordedConnection connection;

  /** How a client reads. */
  enum Pace {
    FULL,
    /** So slowly that the server's sends fall short or find no room at all. */
    SLOW;

    private static final int BUFFER = 1 << 16;
    private static final int BYTES_BETWEEN_PAUSES = 1 << 18;
    private static final int PAUSE_MILLISECONDS = 20;
  }

  WitnessSocket(Pace pace) throws IOException {
    this.pace = pace;
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

  @Override
  public InputStream getInputStream() throws IOException {
    return new RecordedInput(super.getInputStream(), connection(), pace);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new RecordedOutput(super.getOutputStream(), connection());
  }

  /** Reads to the end first: what the server has sent and the driver left unread counts as well. */
  @Override
  public synchronized void close() throws IOException {
    if (connection != null && !isClosed()) {
      try {
        shutdownOutput();
        setSoTimeout(DRAIN_MILLISECONDS);
        InputStream rest = getInputStream();
        byte[] buffer = new byte[4096];
        while (rest.read(buffer) >= 0) {}
      } catch (IOException e) {
        // The server went first: there is nothing left to read.
      }
    }
    super.close();
  }

  private static final class RecordedInput extends FilterInputStream {
    private final RecordedConnection connection;
    private final Pace pace;
    private int untilPause = Pace.BYTES_BETWEEN_PAUSES;

    RecordedInput(InputStream socket, RecordedConnection connection, Pace pace) {
      super(socket);
      this.connection = connection;
      this.pace = pace;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        connection.add(true, buffer, offset, count);
        dawdle(count);
      }
      return count;
    }

    private void dawdle(int count) throws IOException {
      untilPause -= count;
      if (pace == Pace.FULL || untilPause > 0) {
        return;
      }
      untilPause = Pace.BYTES_BETWEEN_PAUSES;
      try {
        Thread.sleep(Pace.PAUSE_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while reading slowly", e);
      }
    }
  }

  private static final class RecordedOutput extends FilterOutputStream {
    private final RecordedConnection connection;

    RecordedOutput(OutputStream socket, RecordedConnection connection) {
      super(socket);
      this.connection = connection;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    /** Recorded before it is sent: the answer may arrive before the call returns. */
    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      connection.add(false, buffer, offset, length);
      out.write(buffer, offset, length);
    }
  }
}
