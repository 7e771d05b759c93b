package io.mysqlwire.testing;

import java.util.Arrays;

/** One direction of a connection, read packet by packet; continuations are joined. */
final class PacketStream {
  private static final int HEADER = 4;
  private static final int CONTINUED = 0xffffff;
  private static final int TLS_FIRST_TYPE = 20;
  private static final int TLS_LAST_TYPE = 23;
  private static final int TLS_MAJOR_VERSION = 3;

  private final byte[] stream;
  private int position;
  private int start;

  PacketStream(byte[] stream) {
    this.stream = stream;
  }

  /** Whether a packet starts here; a connection that was cut may end within it. */
  boolean hasNext() {
    return position < stream.length;
  }

  /** Whether what comes is a record of TLS, by its type and version, and no packet. */
  boolean isTls() {
    return position + 1 < stream.length
        && stream[position] >= TLS_FIRST_TYPE
        && stream[position] <= TLS_LAST_TYPE
        && stream[position + 1] == TLS_MAJOR_VERSION;
  }

  Packet peek() {
    int before = position;
    Packet packet = next();
    position = before;
    return packet;
  }

  /** Where the latest packet starts. */
  long start() {
    return start;
  }

  /** Whether of the latest packet, which was cut, more than the header is there. */
  boolean hasBegun() {
    return stream.length > start + HEADER;
  }

  void skipToEnd() {
    position = stream.length;
  }

  /** What is left, taken for frames of the compressed protocol. */
  PacketStream inflated() {
    return new PacketStream(
        CompressedStream.inflate(Arrays.copyOfRange(stream, position, stream.length)));
  }

  Packet next() {
    start = position;
    int total = 0;
    int length;
    do {
      length = length(position);
      total += length;
      position += HEADER + length;
    } while (length == CONTINUED);
    if (position > stream.length) {
      throw new CutStreamException("stream ends within the packet at " + start);
    }
    return new Packet(stream[start + 3] & 0xff, join(start, total));
  }

  private int length(int at) {
    if (at + HEADER > stream.length) {
      throw new CutStreamException("stream ends within the packet header at " + at);
    }
    return (stream[at] & 0xff) | (stream[at + 1] & 0xff) << 8 | (stream[at + 2] & 0xff) << 16;
  }

  private byte[] join(int start, int total) {
    byte[] payload = new byte[total];
    int from = start;
    for (int filled = 0; filled < total; ) {
      int length = length(from);
      System.arraycopy(stream, from + HEADER, payload, filled, length);
      filled += length;
      from += HEADER + length;
    }
    return payload;
  }
}
