package io.mysqlwire.exporter.health.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A unix-domain socket as the driver wants it: with JNA, 2 MB of jar, it would bring its own. */
final class UnixSocket extends Socket {
  private final UnixDomainSocketAddress path;
  private final SocketChannel channel;

  UnixSocket(String path) throws IOException {
    this.path = UnixDomainSocketAddress.of(path);
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  void connect() throws IOException {
    channel.connect(path);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) {
    throw new IllegalStateException("connected already");
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  // Options of TCP that the driver sets.

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void setSoTimeout(int milliseconds) {}

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
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
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
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
  }

  /** Waits for no lock: it is how a thread that hangs in here is freed. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close() throws IOException {
    channel.close();
  }
}
