package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code native.c} offers. Errors are negative errno. A handle is that of {@link #open}, and
 * worth nothing after {@link #close}.
 */
final class Native {
  private Native() {}

  static {
    NativeLibrary.load();
  }

  /** Sizes and offsets, in the order of {@link MapLayout}. */
  static native int[] layout();

  /** Returns a handle, or 0. */
  static native long open();

  static native int load(
      long handle,
      int[] ports,
      byte[] ipv4Mask,
      byte[] ipv6Mask,
      boolean users,
      boolean tracing,
      boolean withinCgroup,
      int maxBackends,
      int maxRefused,
      int maxConnections,
      int maxErrors);

  static native int attach(long handle, String cgroup);

  static native void close(long handle);

  /** What libbpf said first when something failed; empty when it said nothing. */
  static native String complaint();

  /** Reads a whole map into a direct buffer; returns the number of elements. */
  static native long read(long handle, String map, ByteBuffer buffer, int limit);

  /** The memory-mapped gauges; not to be touched after {@link #close}. */
  static native @Nullable ByteBuffer gauges(long handle);

  /** Runs and nanoseconds of a program. */
  static native int statistics(long handle, String program, long[] runsAndNanoseconds);

  /** Text of a positive errno. */
  static native String errorText(int errno);
}
