package io.mysqlwire.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What a client writes, recorded before it is sent: the answer may arrive before the call ends. */
final class RecordedOutput extends FilterOutputStream {
  private final Listener listener;

  /** Hears of bytes that are about to be written. */
  interface Listener {
    void written(byte[] buffer, int offset, int length);
  }

  RecordedOutput(OutputStream output, Listener listener) {
    super(output);
    this.listener = listener;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    listener.written(buffer, offset, length);
    out.write(buffer, offset, length);
  }
}
