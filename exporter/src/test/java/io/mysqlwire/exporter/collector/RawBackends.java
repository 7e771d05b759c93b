package io.mysqlwire.exporter.collector;

import io.mysqlwire.bpf.RawBackend;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Keys of backends as a hostile network would make them: any bytes, and many that are alike. */
final class RawBackends {
  /** Mapped, compatible, unspecified, loopback, link-local, runs of zeros at either end. */
  private static final List<String> ADDRESSES =
      List.of(
          "00000000000000000000ffff0a000104",
          "00000000000000000000ffff00000000",
          "0000000000000000000000000a000104",
          "00000000000000000000000000000000",
          "00000000000000000000000000000001",
          "fe800000000000000000000000000001",
          "20010db8000000000001000000000000",
          "20010db8000100000000000000000000",
          "0064ff9b00000000000000000a000104");

  /** Parts of characters, what is escaped, and what looks like an escape. */
  private static final byte[] PIECES =
      "\\\\\\xf5\u00e9\u20ac\ud83d\ude00\ufffd\u2026\n\r\t\"{},= #\u0001\u2028nN"
          .getBytes(StandardCharsets.UTF_8);

  private final Random random;

  RawBackends(Random random) {
    this.random = random;
  }

  /** At most so many, no two the same. */
  Set<RawBackend> some(int most) {
    Set<RawBackend> some = new LinkedHashSet<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      byte[] user = user();
      ByteBuffer server = address();
      ByteBuffer client = address();
      some.add(
          new RawBackend(
              server,
              random.nextInt(8) > 0 ? 3306 : random.nextInt(65_536),
              client,
              isLinkLocal(server) || isLinkLocal(client) ? random.nextInt(4) - 1 : 0,
              random.nextInt(3) - 1,
              ByteBuffer.wrap(user),
              user.length == RawBackend.USER_BYTES && random.nextBoolean()));
    }
    return some;
  }

  /** Mostly the same one, so that names are what tells backends apart. */
  private ByteBuffer address() {
    int which = random.nextInt(4) > 0 ? 0 : random.nextInt(ADDRESSES.size());
    byte[] bytes = HexFormat.of().parseHex(ADDRESSES.get(which));
    if (random.nextInt(16) == 0) {
      random.nextBytes(bytes);
    }
    return ByteBuffer.wrap(bytes);
  }

  private static boolean isLinkLocal(ByteBuffer address) {
    return (address.getShort(0) & 0xffc0) == 0xfe80;
  }

  /** Mostly short, so that two are often alike; sometimes as long as there is room. */
  private byte[] user() {
    int length =
        switch (random.nextInt(8)) {
          case 0 -> RawBackend.USER_BYTES;
          case 1 -> random.nextInt(RawBackend.USER_BYTES);
          default -> random.nextInt(6);
        };
    byte[] user = new byte[length];
    for (int i = 0; i < length; i++) {
      user[i] =
          random.nextInt(4) == 0
              ? (byte) (1 + random.nextInt(255))
              : PIECES[random.nextInt(PIECES.length)];
    }
    return user;
  }
}
