package io.mysqlwire.servers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the clients that come with a server do over TCP, if nobody tells them: MySQL's ask for TLS
 * where there is some since 5.7.11 (--ssl-mode=PREFERRED), MariaDB's insist on it since 11.4
 * (MDEV-31857) and never ask before.
 */
final class DefaultClient {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  private DefaultClient() {}

  static String of(RunningServer server) {
    Matcher matcher = NUMBERS.matcher(server.version());
    if (server.offersTls().isEmpty() || !matcher.matches()) {
      return "not known";
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    int patch = Integer.parseInt(matcher.group(3));
    boolean mariaDb =
        server.version().contains("MariaDB") || server.process().name().equals("mariadbd");
    int number = (major * 100 + minor) * 1000 + patch;
    boolean asks = mariaDb ? number >= 1_104_000 : number >= 507_011;
    if (!server.offersTls().get()) {
      return mariaDb && asks ? "refuses to connect without TLS" : "does not encrypt: no TLS here";
    }
    return asks ? "encrypts" : "does not encrypt";
  }
}
