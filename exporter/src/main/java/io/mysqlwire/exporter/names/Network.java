package io.mysqlwire.exporter.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 network, or one address, which is a network of full length. IPv4 is mapped into
 * IPv6 here, as in the kernel programs.
 *
 * @param high first 64 bits
 * @param low last 64 bits
 * @param prefix length in bits, 0 to 128; that of an IPv4 network is 96 and its own
 */
record Network(long high, long low, int prefix) {
  /** Bits before an IPv4 address that is mapped into IPv6. */
  static final int IPV4_BITS = 96;

  private static final int ALL_BITS = 128;
  private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<ipv4>OCTET(?:\\.OCTET){3})|(?<ipv6>[0-9a-fA-F:.]*:[0-9a-fA-F:.]*))(?:/(?<bits>[0-9]{1,3}))?"
              .replace("OCTET", OCTET));

  /**
   * Reads an address, or a network as {@code 10.0.1.0/24}; never asks a resolver.
   *
   * @throws IllegalArgumentException with a message that goes behind the quoted text: which rule it
   *     breaks
   */
  static Network parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is neither an address nor a network");
    }
    boolean ipv4 = matcher.group("ipv4") != null;
    byte[] bytes = bytes(matcher.group(ipv4 ? "ipv4" : "ipv6"));
    int before = ipv4 ? IPV4_BITS : 0;
    String bits = matcher.group("bits");
    int prefix = bits == null ? ALL_BITS : before + Integer.parseInt(bits);
    if (prefix > ALL_BITS) {
      throw new IllegalArgumentException("has a length past " + (ALL_BITS - before));
    }
    Network network = of(bytes, prefix);
    if (!network.truncated(prefix).equals(network)) {
      throw new IllegalArgumentException("has bits set behind its first " + bits);
    }
    return network;
  }

  /** Neither form can be a host name, so this is no lookup. */
  private static byte[] bytes(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("is neither an address nor a network", e);
    }
  }

  private static Network of(byte[] address, int prefix) {
    ByteBuffer mapped = ByteBuffer.allocate(16);
    if (address.length == 4) {
      mapped.putShort(10, (short) -1).position(12);
    }
    mapped.put(address).flip();
    return new Network(mapped.getLong(0), mapped.getLong(8), prefix);
  }

  boolean isIpv4() {
    return high == 0 && low >>> 32 == 0xffff && prefix >= IPV4_BITS;
  }

  boolean isAddress() {
    return prefix == ALL_BITS;
  }

  /** The network of that length which this one is part of. */
  Network truncated(int length) {
    return new Network(high & ones(length), low & ones(length - 64), length);
  }

  private static long ones(int count) {
    return count <= 0 ? 0 : count >= 64 ? -1 : -1L << (64 - count);
  }

  /** The first address, with nothing known of its name. */
  InetAddress first() {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      return InetAddress.getByAddress(isIpv4() ? Arrays.copyOfRange(bytes, 12, 16) : bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
