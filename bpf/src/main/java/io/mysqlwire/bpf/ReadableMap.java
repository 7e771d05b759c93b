package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One map of a reader of {@link Native}, with the buffer that it is read into: one native call.
 * Elements lie one after the other, key, then value, each padded to 8 bytes. Not thread-safe.
 */
final class ReadableMap {
  private final long handle;
  private final String name;
  private final int key;
  private final int element;
  private ByteBuffer elements;

  /**
   * Makes room for so many elements.
   *
   * @param key bytes of a key, padded
   * @param value bytes of a value, padded
   */
  ReadableMap(long handle, String name, int key, int value, int room) {
    this.handle = handle;
    this.name = name;
    this.key = key;
    this.element = key + value;
    this.elements = buffer((long) room * element);
  }

  /** The same, with room for all that the kernel's map has. */
  static ReadableMap whole(long handle, String name, int key, int value) {
    return new ReadableMap(handle, name, key, value, Native.maxEntries(handle, name));
  }

  /** Elements that there is room for. */
  int room() {
    return elements.capacity() / element;
  }

  /** Makes room for at least so many elements, which may make {@link #elements} another one. */
  void require(int room) {
    if (room > room()) {
      elements = buffer((long) room * element * 5 / 4); // some may come before the next scrape
    }
  }

  /** Reads as many elements as there is room for, and returns their number. */
  int read() {
    return read(room());
  }

  /**
   * Reads so many elements at most.
   *
   * @throws IllegalStateException when they can't be read
   */
  int read(int limit) {
    long n = Native.read(handle, name, elements, limit);
    if (n < 0) {
      throw new IllegalStateException(
          "reading map " + name + " failed: " + Native.errorText((int) -n));
    }
    return (int) n;
  }

  /** Everything that was read. */
  ByteBuffer elements() {
    return elements;
  }

  /** Where the key of the element of this index begins. */
  int key(int index) {
    return index * element;
  }

  /** Where its value begins. */
  int value(int index) {
    return index * element + key;
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  /** UTF-8 in an array of {@code room} bytes; ends with NUL, unless it fills the array. */
  static String text(ByteBuffer buffer, int at, int room) {
    int length = 0;
    while (length < room && buffer.get(at + length) != 0) {
      length++;
    }
    byte[] bytes = new byte[length];
    buffer.get(at, bytes);
    return AccountName.of(bytes);
  }

  /** An array of {@code n} 64 bit numbers. */
  static long[] longs(ByteBuffer buffer, int at, int n) {
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = buffer.getLong(at + Long.BYTES * i);
    }
    return values;
  }
}
