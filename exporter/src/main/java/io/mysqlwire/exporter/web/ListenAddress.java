package io.mysqlwire.exporter.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the web server listens.
 *
 * @param host name or address without brackets; empty for every address of the host
 * @param port TCP port, 0 for any that is free
 */
public record ListenAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[(?<ipv6>[0-9A-Fa-f:.]+(?:%[\\w.-]+)?)]|(?<name>[\\w.-]*)):(?<port>\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  /**
   * Reads {@code :10306}, {@code 127.0.0.1:10306}, {@code [::1]:10306} or {@code name:10306}.
   *
   * @throws IllegalArgumentException when it has none of these forms; the message says which rule
   *     it breaks
   */
  public static ListenAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is not [HOST]:PORT");
    }
    int port = Integer.parseInt(matcher.group("port"));
    if (port > MAX_PORT) {
      throw new IllegalArgumentException("has a port past " + MAX_PORT);
    }
    String ipv6 = matcher.group("ipv6");
    return new ListenAddress(ipv6 != null ? ipv6 : matcher.group("name"), port);
  }

  /** The same address with the port that was found for it. */
  public ListenAddress withPort(int actual) {
    return new ListenAddress(host, actual);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
