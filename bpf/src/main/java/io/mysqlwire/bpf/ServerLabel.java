package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of a server's end of a connection: {@code 10.0.0.7:3306}, {@code [::1]:3306}, {@code
 * [fe80::1%2]:3306}. Behind one in another network namespace than this process's stands {@code @}
 * and the namespace's number, as {@code lsns -t net} shows it: its addresses may exist here too.
 */
final class ServerLabel {
  private static final Pattern NUMBER = Pattern.compile("net:\\[(\\d+)]");

  /** Number of this process's own namespace; 0 when it is not known. */
  private static final int OWN = own();

  private ServerLabel() {}

  private static int own() {
    try {
      Path link = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
      Matcher matcher = NUMBER.matcher(link.toString());
      return matcher.matches() ? Integer.parseUnsignedInt(matcher.group(1)) : 0;
    } catch (IOException e) {
      return 0; // no /proc
    }
  }

  /** The text for fields of a key, by their offsets; addresses are IPv6, or IPv4 mapped. */
  static String of(ByteBuffer key, int address, int port, int zone, int namespace) {
    String endpoint =
        Address.endpoint(
            Address.text(key, address, key.getInt(zone)), Short.toUnsignedInt(key.getShort(port)));
    int number = key.getInt(namespace);
    return number == 0 || number == OWN
        ? endpoint
        : endpoint + '@' + Integer.toUnsignedString(number);
  }
}
