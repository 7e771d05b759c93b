package io.mysqlwire.exporter.health.traffic;

import io.mysqlwire.bpf.FsyncInFlight;
import java.util.Optional;

/**
 * What the kernel's maps say of one server: now, and within the last {@link
 * TrafficHistory#WINDOW_SECONDS}.
 *
 * <p>What they can't say: whether a transaction was committed or rolled back, whether a result set
 * came out of a table, that a new connection waits for its greeting.
 *
 * @param answered answers within the window
 * @param perSecond answers per second in the half minute before the last answer
 * @param silentSeconds since the last answer was counted
 * @param waiting commands without an answer
 * @param oldestSeconds age of the oldest of them
 * @param connections open
 * @param logins that were accepted within the window
 * @param refused logins that were refused whoever came, within the window
 * @param readOnlyClients clients that were told of a read-only server within the window
 * @param noSpaceClients clients that were told of a full disk within the window
 * @param slowFsyncs fsyncs that took longer than the threshold, within the window
 * @param writes statements outside of transactions that changed rows, since the last reading but
 *     one
 * @param fsync the longest of those that have not returned and took longer than the threshold
 */
public record Traffic(
    long answered,
    double perSecond,
    double silentSeconds,
    long waiting,
    double oldestSeconds,
    long connections,
    long logins,
    long refused,
    long readOnlyClients,
    long noSpaceClients,
    long slowFsyncs,
    long writes,
    Optional<FsyncInFlight> fsync) {

  /** A command that waits for so long is no point query of a busy server. */
  private static final double WAITS_SECONDS = 1;

  /** Nobody has come yet. */
  public static final Traffic NONE =
      new Traffic(0, 0, Double.POSITIVE_INFINITY, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty());

  /** Whether real clients are being answered. */
  public boolean flows() {
    return answered > 0;
  }

  /** Whether real clients write, and none of them waits for long. */
  public boolean isWritten() {
    return writes > 0 && oldestSeconds < WAITS_SECONDS;
  }

  /** Whether real clients have waited for longer than a probe may. */
  public boolean isWaitedFor() {
    return waiting > 0 && oldestSeconds >= WAITS_SECONDS;
  }

  /** Whether a client was ever seen. */
  public boolean wasSeen() {
    return connections > 0 || wasAnswered();
  }

  /** Whether an answer was ever counted while somebody looked. */
  public boolean wasAnswered() {
    return silentSeconds != Double.POSITIVE_INFINITY;
  }
}
