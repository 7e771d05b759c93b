package io.mysqlwire.bpf;

/**
 * The loaded and attached kernel programs. They count from {@link #attach} to {@link #close}, or to
 * the end of the process however it ends.
 */
public final class WireTap implements AutoCloseable {
  private WireTap() {}

  /**
   * Loads and attaches.
   *
   * @throws TapException with a message for the user, when the host does not allow it
   */
  public static WireTap attach(TapConfig config) throws TapException {
    throw new TapException("being written: " + config);
  }

  /** Which tap runs: {@link TapChoice#TRACING} or {@link TapChoice#CGROUP}. */
  public TapChoice tap() {
    throw new UnsupportedOperationException("being written");
  }

  /** Why that one, in a few words, e.g. {@code requested} or {@code tracing refused: EPERM}. */
  public String reason() {
    throw new UnsupportedOperationException("being written");
  }

  /** Reads every map. Safe to call from any thread; readers take turns. */
  public WireSnapshot read() {
    throw new UnsupportedOperationException("being written");
  }

  /** Detaches and unloads. */
  @Override
  public void close() {}
}
