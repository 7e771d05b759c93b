package io.mysqlwire.bpf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as the kernel programs keep them: 16 bytes, IPv4 mapped into IPv6. */
final class Address {
  private static final int MAPPED_PREFIX_BITS = 96;

  private Address() {}

  /**
   * Text of the address at {@code offset}; mapped ones as IPv4, IPv6 as in RFC 5952, link-local
   * ones with their zone as in RFC 4007: {@code fe80::2%5}.
   *
   * @param zone index of the interface; 0 when it is not known
   */
  static String text(ByteBuffer buffer, int offset, int zone) {
    String text = text(buffer, offset);
    boolean linkLocal =
        buffer.get(offset) == (byte) 0xfe && (buffer.get(offset + 1) & 0xc0) == 0x80;
    return linkLocal && zone != 0 ? text + '%' + Integer.toUnsignedString(zone) : text;
  }

  /** The same without a zone. */
  static String text(ByteBuffer buffer, int offset) {
    return text(of(buffer, offset));
  }

  /** Text of an address, as above. */
  static String text(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? address.getHostAddress() : compressed(bytes);
  }

  /** The address at {@code offset}, an Inet4Address for a mapped one. */
  static InetAddress of(ByteBuffer buffer, int offset) {
    byte[] bytes = new byte[16];
    buffer.get(offset, bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("16 bytes are an address", e);
    }
  }

  /** Whether there is none: all zeros. */
  static boolean isNone(ByteBuffer buffer, int offset) {
    return buffer.getLong(offset) == 0 && buffer.getLong(offset + Long.BYTES) == 0;
  }

  /** An address as the kernel programs keep it. */
  static byte[] bytes(InetAddress address) {
    byte[] own = address.getAddress();
    byte[] bytes = new byte[16];
    if (own.length == 4) {
      bytes[10] = bytes[11] = (byte) 0xff;
    }
    System.arraycopy(own, 0, bytes, 16 - own.length, own.length);
    return bytes;
  }

  /** Text of an endpoint: {@code 10.0.0.7:3306} or {@code [::1]:3306}. */
  static String endpoint(String address, int port) {
    return address.indexOf(':') < 0 ? address + ':' + port : '[' + address + "]:" + port;
  }

  /** The mask of a network that is {@code prefix} bits long in addresses of {@code width} bits. */
  static byte[] mask(int prefix, int width) {
    int bits = width == 32 ? MAPPED_PREFIX_BITS + prefix : prefix;
    byte[] mask = new byte[16];
    for (int i = 0; i < 16; i++) {
      int ones = Math.max(0, Math.min(8, bits - 8 * i));
      mask[i] = (byte) (0xff00 >> ones);
    }
    return mask;
  }

  /**
   * RFC 5952: no leading zeros, the longest run of zero groups (two at least) becomes {@code ::}.
   */
  private static String compressed(byte[] bytes) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int runStart = -1;
    int runLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && groups[i + length] == 0) {
        length++;
      }
      if (length > runLength) {
        runStart = i;
        runLength = length;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
      } else {
        if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
