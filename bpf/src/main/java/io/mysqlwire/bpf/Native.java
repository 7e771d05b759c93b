package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code native*.c} offers. Errors are negative errno. A tap is the handle of {@link #open},
 * and worth nothing after {@link #close}; a reader that of {@link #reader} or {@link #openPins},
 * until {@link #closeReader}.
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
      long tap,
      int[] ports,
      byte[] ipv4Mask,
      byte[] ipv6Mask,
      boolean users,
      boolean proxyProtocol,
      boolean tracing,
      boolean withinCgroup,
      boolean tls,
      boolean watchServers,
      int maxBackends,
      int maxRefused,
      int maxConnections,
      int maxErrors);

  /**
   * Bytes of kernel memory that the maps of a tap take, which is not loaded.
   *
   * @param cpus possible CPUs; 0 stands for those of this host
   */
  static native long memory(
      long tap, int maxBackends, int maxRefused, int maxConnections, int maxErrors, int cpus);

  /** Attaches; links pinned in a directory run these programs from now on, unless it is null. */
  static native int attach(long tap, String cgroup, @Nullable String pinnedLinks);

  /** Attaches to another cgroup, in the place of one that was removed. */
  static native int attachAgain(long tap, String cgroup);

  /** The hook that {@link #attach} failed at, as an enum bpf_attach_type; -1 before any. */
  static native int refusedHook(long tap);

  /**
   * Programs that are attached to a cgroup itself.
   *
   * @param type an enum bpf_attach_type
   * @param flagsAndIds receives BPF_F_ALLOW_OVERRIDE or _MULTI, then ids, 64 at most
   * @return how many there are, or an error
   */
  static native int attached(String cgroup, int type, int[] flagsAndIds);

  /** Empty when the program has no name, or can't be looked at. */
  static native String programName(int id);

  /** Tells readers of the maps what was loaded; bytes as {@link TapDescription} writes them. */
  static native int describe(long tap, byte[] description);

  /**
   * Notes where a server listens that was there before the programs.
   *
   * @param address IPv6, or IPv4 mapped; 16 bytes
   * @param process 0 when it is not known
   */
  static native int addListener(long tap, byte[] address, int namespace, int port, int process);

  /** Forgets one that was noted so; those that the programs saw come they see go. */
  static native int removeListener(long tap, byte[] address, int namespace, int port);

  static native void close(long tap);

  /** Mounts a BPF file system on a directory, unless it is in one. */
  static native int mount(String directory);

  static native int unmount(String directory);

  /** Makes a tap that is not loaded yet use the maps pinned in a directory. */
  static native int reuse(long tap, String maps);

  /** Pins what is loaded and attached; maps may be null. */
  static native int pin(long tap, @Nullable String maps, String programs, String links);

  /** The probes of a loaded tap, which end with it. */
  static native long probes(long tap);

  /** Those pinned in a layout's directory, until {@link #closeProbes}; or an error. */
  static native long openProbes(String layout);

  static native void closeProbes(long probes);

  /** Probes a binary; returns its index or an error, see probes.h. */
  static native int probe(long probes, String binary);

  /** Whether a binary has all the functions that are probed: 0 or an error, as {@link #probe}. */
  static native int findFunctions(String binary);

  static native int unprobe(long probes, int index);

  /** The same of a binary that no process runs; of a condemned one nothing is known any more. */
  static native int forget(long probes, int index);

  /** Device, inode, connections, contradictions, and whether condemned, of each index. */
  static native int probed(long probes, long[] figures);

  /** The same as {@link #probed}, of a reader; -ENOENT with a tap that has no probes. */
  static native int readProbed(long reader, long[] figures);

  /** Whether a map is for readers, and not only for the programs. */
  static native boolean mayRead(String map);

  /** A reader of the maps of a loaded tap, or an error. It lives on when the tap is closed. */
  static native long reader(long tap);

  /** A reader of maps and programs pinned below a directory, or an error. */
  static native long openPins(String directory);

  static native void closeReader(long reader);

  /** Elements that a map has room for; 0 if there is no such map, as fsyncs of the cgroup tap. */
  static native int maxEntries(long reader, String map);

  /** What libbpf said first when something failed; empty when it said nothing. */
  static native String complaint();

  /** Reads a whole map into a direct buffer; returns the number of elements. */
  static native long read(long reader, String map, ByteBuffer buffer, int limit);

  /** Runs and nanoseconds of a program. */
  static native int statistics(long reader, String program, long[] runsAndNanoseconds);

  /** Text of a positive errno. */
  static native String errorText(int errno);
}
