package io.mysqlwire.testing;

import java.nio.charset.StandardCharsets;

/** A whole packet with a reading position in its payload. */
final class Packet {
  /** Terminators that start like a row of a 16 MB column are never that long. */
  private static final int TERMINATOR_LIMIT = 0xffffff;

  private static final int PROGRESS_REPORT = 0xffff;

  private final int sequence;
  private final byte[] payload;
  private int position;

  Packet(int sequence, byte[] payload) {
    this.sequence = sequence;
    this.payload = payload;
  }

  int sequence() {
    return sequence;
  }

  int length() {
    return payload.length;
  }

  boolean hasMore() {
    return position < payload.length;
  }

  /** First byte, which tells the kinds of packets apart; -1 when there is none. */
  int first() {
    return payload.length == 0 ? -1 : payload[0] & 0xff;
  }

  boolean isOk() {
    return first() == 0x00;
  }

  boolean isErr() {
    return first() == 0xff;
  }

  /** MariaDB tells its clients how far a long statement got; not an answer. */
  boolean isProgressReport() {
    return isErr() && errorCode() == PROGRESS_REPORT;
  }

  boolean isTerminator() {
    return first() == 0xfe && payload.length < TERMINATOR_LIMIT;
  }

  int errorCode() {
    return at(1).u16();
  }

  /** Offset of the next byte to be read. */
  int position() {
    return position;
  }

  Packet at(int offset) {
    position = offset;
    return this;
  }

  int u8() {
    return payload[position++] & 0xff;
  }

  int u16() {
    return u8() | u8() << 8;
  }

  long u32() {
    return u16() | (long) u16() << 16;
  }

  /** Length-encoded integer. */
  long lenenc() {
    int first = u8();
    return switch (first) {
      case 0xfc -> u16();
      case 0xfd -> u16() | (long) u8() << 16;
      case 0xfe -> u32() | u32() << 32;
      default -> first;
    };
  }

  /** Text up to a zero byte. */
  String zeroTerminated() {
    int start = position;
    while (u8() != 0) {}
    return new String(payload, start, position - 1 - start, StandardCharsets.UTF_8);
  }

  /** Text to the end. */
  String rest() {
    return new String(payload, position, payload.length - position, StandardCharsets.UTF_8);
  }
}
