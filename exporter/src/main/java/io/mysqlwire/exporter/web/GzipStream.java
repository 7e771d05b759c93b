package io.mysqlwire.exporter.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip (RFC 1952) for one body after the other. The JDK's stream can't be used again, and each one
 * takes 256 KiB outside the heap.
 */
final class GzipStream extends OutputStream {
  /** Lines differ little from those above them: more effort shortens them by a few percent. */
  private static final int LEVEL = Deflater.BEST_SPEED;

  /** No file name, no time, any system. */
  private static final byte[] HEADER = {
    0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff
  };

  private static final int BUFFER_BYTES = 16 * 1024;

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private OutputStream to = OutputStream.nullOutputStream();

  /** Begins a body. */
  void start(OutputStream target) throws IOException {
    deflater.reset();
    checksum.reset();
    to = target;
    to.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    checksum.update(bytes, offset, length);
    deflater.setInput(bytes, offset, length);
    while (!deflater.needsInput()) {
      deflate();
    }
  }

  /** Ends the body; the target stays open. */
  void finish() throws IOException {
    deflater.finish();
    while (!deflater.finished()) {
      deflate();
    }
    to.write(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) checksum.getValue())
            .putInt(deflater.getTotalIn())
            .array());
    to = OutputStream.nullOutputStream(); // keeps no response alive
  }

  private void deflate() throws IOException {
    to.write(buffer, 0, deflater.deflate(buffer));
  }

  /** Gives the memory outside the heap back. */
  @Override
  public void close() {
    deflater.end();
  }
}
