package io.mysqlwire.exporter.names;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names that the host's resolver gives addresses: those of its hosts file, DNS, and so on. */
final class HostNames {
  private static final int MOST_CHARACTERS = 253; // RFC 1035 without the dot at the end
  private static final String LABEL = "[a-z0-9_-]{1,63}";

  /** The last label is no number (RFC 3696): what is all numbers is an address. */
  private static final Pattern HOST_NAME =
      Pattern.compile("(?:" + LABEL + "\\.)*(?![0-9]+$)" + LABEL);

  private HostNames() {}

  /**
   * Asks, and waits for the answer.
   *
   * <p>Whoever owns an address decides what its PTR record says. So the JDK looks the name up in
   * turn and takes it only when it leads back to the address; and only what looks like the name of
   * a host gets any further.
   */
  static Optional<String> lookUp(InetAddress address) {
    String name = address.getCanonicalHostName();
    return name.equals(address.getHostAddress()) ? Optional.empty() : clean(name);
  }

  /** The name in the one form that it is shown in; nothing when it is no host name. */
  static Optional<String> clean(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    return plain.length() <= MOST_CHARACTERS && HOST_NAME.matcher(plain).matches()
        ? Optional.of(plain)
        : Optional.empty();
  }
}
