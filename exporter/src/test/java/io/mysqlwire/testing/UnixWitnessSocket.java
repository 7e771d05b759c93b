package io.mysqlwire.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client's unix-domain socket that records what passes; blocks without a time limit. */
final class UnixWitnessSocket extends Socket {
  private final Path path;
  private final SocketChannel channel;
  private final RecordedConnection connection;
  private final Dawdler dawdler;

  UnixWitnessSocket(Path path, WitnessSocket.Pace pace) throws IOException {
    this.path = path;
    dawdler = new Dawdler(pace);
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    connection = new RecordedConnection("unix", path.toString());
  }

  /** Connects to the path, whatever the driver thinks. */
  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    channel.connect(UnixDomainSocketAddress.of(path));
    Recording.add(connection);
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void setSoTimeout(int milliseconds) {}

  @Override
  public InputStream getInputStream() {
    InputStream bytes =
        new InputStream() {
          @Override
          public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(buffer, offset, length));
          }
        };
    return new RecordedInput(
        bytes,
        (buffer, offset, length) -> {
          connection.addWire(length);
          connection.add(true, buffer, offset, length);
          dawdler.dawdle(length);
        });
  }

  @Override
  public OutputStream getOutputStream() {
    OutputStream bytes =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] buffer, int offset, int length) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(buffer, offset, length);
            while (left.hasRemaining()) {
              channel.write(left);
            }
          }
        };
    return new RecordedOutput(
        bytes, (buffer, offset, length) -> connection.add(false, buffer, offset, length));
  }

  /** Reads to the end first, as a {@link WitnessSocket}. */
  @Override
  public synchronized void close() throws IOException {
    if (channel.isConnected()) {
      try {
        channel.shutdownOutput();
        InputStream rest = getInputStream();
        byte[] buffer = new byte[4096];
        while (rest.read(buffer) >= 0) {}
      } catch (IOException e) {
        // The server went first: there is nothing left to read.
      }
    }
    channel.close();
  }
}
