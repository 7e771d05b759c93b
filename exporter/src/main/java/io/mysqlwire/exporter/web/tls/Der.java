package io.mysqlwire.exporter.web.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The few bytes of DER around a private key: X.690, definite lengths only. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;

  /** Explicitly tagged {@code [0]}. */
  static final int CONTEXT_0 = 0xA0;

  private Der() {}

  /** One element; its content is the concatenation of {@code contents}. */
  static byte[] element(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < 0x80) {
      element.write(length);
    } else if (length < 0x100) {
      element.write(0x81);
      element.write(length);
    } else if (length < 0x10000) {
      element.write(0x82);
      element.write(length >> 8);
      element.write(length);
    } else {
      element.write(0x83);
      element.write(length >> 16);
      element.write(length >> 8);
      element.write(length);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  /** The content of the first element with {@code tag} inside a sequence. */
  static Optional<byte[]> find(int tag, byte[] sequence) {
    try {
      ByteBuffer outer = ByteBuffer.wrap(sequence);
      if ((outer.get() & 0xFF) != SEQUENCE) {
        return Optional.empty();
      }
      ByteBuffer elements = content(outer);
      while (elements.hasRemaining()) {
        int found = elements.get() & 0xFF;
        ByteBuffer content = content(elements);
        if (found == tag) {
          byte[] bytes = new byte[content.remaining()];
          content.get(bytes);
          return Optional.of(bytes);
        }
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return Optional.empty(); // cut short: no DER
    }
    return Optional.empty();
  }

  private static ByteBuffer content(ByteBuffer in) {
    int length = in.get() & 0xFF;
    if (length >= 0x80) {
      int bytes = length & 0x7F;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (in.get() & 0xFF);
      }
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }
}
