package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the pinned maps say of themselves.
 *
 * @param tap which tap was loaded
 * @param reason why that one
 * @param maxBackends {@link TapConfig#maxBackends()}
 * @param maxConnections {@link TapConfig#maxConnections()}
 * @param cgroup inode of the watched cgroup
 */
record PinDescription(
    TapChoice tap, String reason, int maxBackends, int maxConnections, long cgroup) {

  /** Reads the map of that name. */
  static PinDescription read(long reader) {
    int size = MapLayout.DESCRIPTION.padded();
    ByteBuffer buffer = SnapshotReader.buffer(8L + size);
    SnapshotReader.readMap(reader, "description", buffer, 1);
    ByteBuffer value = buffer.position(8).slice().order(buffer.order());
    byte[] reason = new byte[MapLayout.DESCRIPTION.get() - MapLayout.DESCRIPTION_TAP_REASON.get()];
    value.get(MapLayout.DESCRIPTION_TAP_REASON.get(), reason);
    int length = 0;
    while (length < reason.length && reason[length] != 0) {
      length++;
    }
    return new PinDescription(
        value.getInt(MapLayout.DESCRIPTION_TRACING.get()) != 0
            ? TapChoice.TRACING
            : TapChoice.CGROUP,
        new String(reason, 0, length, StandardCharsets.UTF_8),
        value.getInt(MapLayout.DESCRIPTION_MAX_BACKENDS.get()),
        value.getInt(MapLayout.DESCRIPTION_MAX_CONNECTIONS.get()),
        value.getLong(MapLayout.DESCRIPTION_CGROUP.get()));
  }

  /**
   * The configuration for programs that go on with these maps.
   *
   * @throws TapException when it asks for what they can't have
   */
  TapConfig fit(TapConfig config, PinnedLayout where) throws TapException {
    if (config.tap() != TapChoice.AUTO && config.tap() != tap) {
      throw mismatch(where, "the " + tap.label() + " tap runs", "--tap=" + config.tap().label());
    }
    if (config.maxBackends() != maxBackends) {
      throw mismatch(
          where,
          "there is room for " + maxBackends + " backends",
          "--backend.max=" + config.maxBackends());
    }
    if (KernelPrograms.inode(config.cgroup()) != cgroup) {
      throw mismatch(where, "another cgroup is watched", "--cgroup.path=" + config.cgroup());
    }
    return config.withTap(tap);
  }

  private static TapException mismatch(PinnedLayout where, String there, String wanted) {
    return new TapException(
        wanted
            + ": in what is pinned in "
            + where.directory()
            + " "
            + there
            + ", which can't change while its counters go on; leave that flag as it was, or run"
            + " 'mysql-wire-exporter unload' first and let the counters start at 0");
  }
}
