package io.mysqlwire.bpf;

/** Kernel memory of the maps, which the kernel takes when the programs are loaded. */
final class MapMemory {
  /** Stands for the possible CPUs of this host. */
  static final int THIS_HOST = 0;

  private MapMemory() {}

  /** Bytes of all maps on a host with so many possible CPUs; needs no privilege. */
  static long bytes(TapConfig config, int cpus) {
    long handle = Native.open();
    if (handle == 0) {
      throw new IllegalStateException("cannot open the BPF object: " + Native.complaint());
    }
    long bytes;
    try {
      bytes =
          Native.memory(
              handle,
              config.maxBackends(),
              config.maxRefused(),
              config.maxConnections(),
              config.maxErrors(),
              cpus);
    } finally {
      Native.close(handle);
    }
    if (bytes < 0) {
      throw new IllegalStateException("the maps can't be sized: " + Native.errorText((int) -bytes));
    }
    return bytes;
  }

  /** What {@code check} says of it. */
  static HostFact fact(TapConfig config) {
    long mebibytes = (bytes(config, THIS_HOST) + (1 << 20) - 1) >> 20;
    return new HostFact(
        "kernel memory", HostFact.Status.INFO, mebibytes + " MiB for the maps at most", "");
  }
}
