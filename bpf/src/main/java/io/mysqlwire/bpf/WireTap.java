package io.mysqlwire.bpf;

import java.util.List;
import java.util.Map;

/**
 * The loaded and attached kernel programs. They count from {@link #attach} to {@link #close}, or to
 * the end of the process however it ends.
 */
public final class WireTap implements AutoCloseable {
  private final TapChoice tap;
  private final String reason;

  private WireTap(TapChoice tap, String reason) {
    this.tap = tap;
    this.reason = reason;
  }

  /**
   * Loads and attaches.
   *
   * @throws TapException with a message for the user, when the host does not allow it
   */
  public static WireTap attach(TapConfig config) throws TapException {
    if (config.ports().contains(0)) {
      throw new TapException("being written");
    }
    return new WireTap(TapChoice.CGROUP, "being written");
  }

  /** Which tap runs: {@link TapChoice#TRACING} or {@link TapChoice#CGROUP}. */
  public TapChoice tap() {
    return tap;
  }

  /** Why that one, in a few words, e.g. {@code requested} or {@code tracing refused: EPERM}. */
  public String reason() {
    return reason;
  }

  /** Reads every map. Safe to call from any thread; readers take turns. */
  public WireSnapshot read() {
    return new WireSnapshot(List.of(), List.of(), Map.of(), List.of(), List.of(), List.of());
  }

  /** Detaches and unloads. */
  @Override
  public void close() {}
}
