package io.mysqlwire.testing;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes the frames of the compressed protocol apart: {length u24, sequence id, length before
 * compression u24 or 0 when stored as it is, bytes}.
 */
final class CompressedStream {
  private static final int HEADER = 7;

  private CompressedStream() {}

  /** The packets inside; a frame that was cut off at the end is left out. */
  static byte[] inflate(byte[] frames) {
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    int at = 0;
    while (at + HEADER <= frames.length) {
      int length = u24(frames, at);
      int inflated = u24(frames, at + 4);
      int start = at + HEADER;
      at = start + length;
      if (at > frames.length) {
        break;
      }
      if (inflated == 0) {
        packets.write(frames, start, length);
      } else {
        packets.writeBytes(inflate(frames, start, length, inflated));
      }
    }
    return packets.toByteArray();
  }

  private static byte[] inflate(byte[] frames, int start, int length, int inflated) {
    Inflater zlib = new Inflater();
    byte[] plain = new byte[inflated];
    try {
      zlib.setInput(frames, start, length);
      if (zlib.inflate(plain) != inflated) {
        throw new IllegalStateException("a frame is shorter than it says");
      }
      return plain;
    } catch (DataFormatException e) {
      throw new IllegalStateException("not the compressed protocol", e);
    } finally {
      zlib.end();
    }
  }

  private static int u24(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
  }
}
