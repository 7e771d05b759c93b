package io.mysqlwire.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a client reads, handed on. */
final class RecordedInput extends FilterInputStream {
  private final Listener listener;

  /** Hears of bytes that were read. */
  interface Listener {
    void read(byte[] buffer, int offset, int length) throws IOException;
  }

  RecordedInput(InputStream input, Listener listener) {
    super(input);
    this.listener = listener;
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
      listener.read(buffer, offset, count);
    }
    return count;
  }
}
