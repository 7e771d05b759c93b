package io.mysqlwire.exporter.health;

import io.mysqlwire.bpf.FsyncInFlight;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.exporter.health.traffic.Traffic;
import java.util.Locale;

/** How facts are said. */
final class Words {
  private Words() {}

  static String seconds(double seconds) {
    if (seconds < 0.01) {
      return String.format(Locale.ROOT, "%.1f ms", 1000 * seconds);
    }
    return seconds < 1
        ? String.format(Locale.ROOT, "%.0f ms", 1000 * seconds)
        : String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%.0f", perSecond);
  }

  /** A probe and what came out of it. */
  static String check(Check check) {
    String what = subject(check.kind());
    String time = seconds(check.seconds());
    return switch (check.finding()) {
      case PENDING -> what + " was not asked yet";
      case OK ->
          !check.message().isEmpty()
              ? what + " is " + check.message()
              : what + (isLogin(check) ? " succeeds in " : " answers in ") + time;
      case HANGS -> what + " has no answer for " + time;
      case LATE -> what + " took " + time;
      case NO_LISTENER, UNREACHABLE, LOST, FAILED -> what + " fails: " + reason(check);
      case REFUSED -> what + " is refused: " + reason(check);
      case DENIED -> what + " tells nothing: " + reason(check);
      case READ_ONLY -> check.message();
    };
  }

  private static boolean isLogin(Check check) {
    return check.kind() == ProbeKind.CONNECT;
  }

  private static String subject(ProbeKind kind) {
    return switch (kind) {
      case CONNECT -> "a new connection";
      case SELECT_1 -> "SELECT 1";
      case READ -> "a table read";
      case WRITE -> "a table write";
      case STATISTICS -> "the server's I/O statistics";
    };
  }

  private static String reason(Check check) {
    return check.code() == 0 ? check.message() : check.message() + " (" + check.code() + ')';
  }

  static String waiting(Traffic now) {
    if (now.waiting() == 0) {
      return "no command waits";
    }
    return now.waiting() == 1
        ? "1 command waits for " + seconds(now.oldestSeconds())
        : now.waiting() + " commands wait, the oldest for " + seconds(now.oldestSeconds());
  }

  static String fsync(FsyncInFlight call) {
    return "an fsync of the "
        + call.file().label()
        + " files has not returned for "
        + seconds(call.seconds());
  }

  static String answered(Traffic now) {
    if (now.flows()) {
      return now.answered()
          + (now.answered() == 1 ? " was" : " were")
          + " answered in the last seconds";
    }
    return now.wasAnswered()
        ? "none answered for " + seconds(now.silentSeconds())
        : "none was answered yet";
  }
}
