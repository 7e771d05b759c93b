package io.mysqlwire.exporter.health.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What an exception of the driver says of the server, and what only of the probe's account. */
final class Findings {
  /** ER_CON_COUNT_ERROR, no thread for it, no memory, shutdown, offline mode. */
  private static final Set<Integer> REFUSES_ALL = Set.of(1040, 1135, 1041, 1053, 3032);

  /**
   * Rights and account (1044, 1045, 1130, 1142, 1143, 1227, 1698, 3159, 4151 locked, 3118 locked,
   * 1820 and 1862 expired, 3955 and 4031), its limits (1129 blocked host, 1203, 1226), ways to log
   * in (1251, 1524, 2059), the table (1046, 1049, 1054, 1103, 1146).
   */
  private static final Set<Integer> DENIES_PROBE =
      Set.of(
          1044, 1045, 1046, 1049, 1054, 1103, 1129, 1130, 1142, 1143, 1146, 1203, 1226, 1227, 1251,
          1370, 1524, 1698, 1820, 1862, 2059, 3118, 3159, 3955, 4031, 4151);

  private static final Set<Integer> READ_ONLY = Set.of(1290, 1836);

  /** ER_MUST_CHANGE_PASSWORD: a session that began so stays so, whatever becomes of the account. */
  private static final int EXPIRED_SESSION = 1820;

  /** What the driver puts before a server's message. */
  private static final Pattern CONNECTION = Pattern.compile("^\\(conn=\\d+\\) ");

  private Findings() {}

  /**
   * Of a connection that could not be made or a statement that failed.
   *
   * @param loggedIn whether the server had accepted the login
   */
  static Finding of(SQLException e, RawSocket socket, boolean loggedIn) {
    Optional<IOException> refusal = socket.refusal();
    if (refusal.isPresent()) {
      return isNoListener(refusal.get()) ? Finding.NO_LISTENER : Finding.UNREACHABLE;
    }
    int code = e.getErrorCode();
    if (REFUSES_ALL.contains(code)) {
      return Finding.REFUSED;
    }
    if (DENIES_PROBE.contains(code)) {
      return Finding.DENIED;
    }
    if (READ_ONLY.contains(code)) {
      return Finding.READ_ONLY;
    }
    if (isBroken(e)) {
      return Finding.LOST;
    }
    // What the driver itself refuses: no TLS there, a certificate, an unknown way to log in.
    return loggedIn ? Finding.FAILED : Finding.DENIED;
  }

  /** Whether the connection may be asked again: the server refused no more than a statement. */
  static boolean leavesSession(SQLException e, Finding finding) {
    int code = e.getErrorCode();
    return code > 0 && code != EXPIRED_SESSION && finding != Finding.LOST;
  }

  /** The message of the outermost exception and the reason below it, on one line. */
  static String message(SQLException e, RawSocket socket) {
    String text =
        socket.refusal().map(Findings::text).orElseGet(() -> String.valueOf(e.getMessage()));
    return CONNECTION.matcher(text.lines().findFirst().orElse("")).replaceFirst("").strip();
  }

  private static String text(IOException refusal) {
    String message = String.valueOf(refusal.getMessage());
    return refusal instanceof java.net.UnknownHostException ? "unknown host " + message : message;
  }

  private static boolean isNoListener(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("refused")
        || message.contains("no such file") // of a unix-domain socket
        || (e instanceof ConnectException && !message.contains("timed out"));
  }

  private static boolean isBroken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return false;
      }
      if (cause instanceof EOFException
          || cause instanceof SocketException
          || cause instanceof java.nio.channels.ClosedChannelException
          || String.valueOf(cause.getMessage()).contains("unexpected end of stream")) {
        return true;
      }
    }
    return false;
  }
}
