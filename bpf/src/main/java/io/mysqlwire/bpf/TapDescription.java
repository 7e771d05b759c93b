package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is loaded, as its maps say.
 *
 * @param tap which tap runs: {@link TapChoice#TRACING} or {@link TapChoice#CGROUP}
 * @param reason why that one, in a few words, e.g. {@code requested} or {@code tracing refused:
 *     EPERM}
 * @param ports {@link TapConfig#ports()}
 * @param maxBackends {@link TapConfig#maxBackends()}
 * @param ipv4Prefix {@link TapConfig#ipv4Prefix()}
 * @param ipv6Prefix {@link TapConfig#ipv6Prefix()}
 * @param cgroup inode of the watched cgroup
 * @param attachments times that the programs were attached to a cgroup; more than one where it was
 *     removed and made anew
 * @param since for each port with a number, since when it is watched without a break: nanoseconds
 *     of {@link System#nanoTime}, which is CLOCK_MONOTONIC
 * @param serversSince the same of all that servers listen on; 0 when they are not watched
 */
public record TapDescription(
    TapChoice tap,
    String reason,
    WatchedPorts ports,
    int maxBackends,
    int ipv4Prefix,
    int ipv6Prefix,
    long cgroup,
    int attachments,
    List<Long> since,
    long serversSince) {

  public TapDescription {
    since = List.copyOf(since);
  }

  /** Backends that can be told apart: those that were let in, and those that were refused. */
  public int maxNamed() {
    return maxBackends + TapConfig.maxRefused(maxBackends);
  }

  /**
   * Of programs that are about to be loaded.
   *
   * @param before of those whose place they take; null when there are none
   */
  static TapDescription of(
      TapConfig config, TapChoice tap, String reason, @Nullable TapDescription before) {
    long cgroup = WatchedCgroup.inode(config.cgroup());
    TapDescription old = before != null && before.cgroup == cgroup ? before : null;
    long now = System.nanoTime();
    return new TapDescription(
        tap,
        reason,
        config.ports(),
        config.maxBackends(),
        config.ipv4Prefix(),
        config.ipv6Prefix(),
        cgroup,
        before == null ? 1 : before.attachments + (old == null ? 1 : 0),
        config.ports().numbers().stream()
            .map(port -> old == null ? now : old.watchedSince(port).orElse(now))
            .toList(),
        !config.ports().servers()
            ? 0
            : old != null && old.serversSince != 0 ? old.serversSince : now);
  }

  /** The same programs in a cgroup that was made anew. */
  TapDescription attachedAgain(long newCgroup) {
    return new TapDescription(
        tap,
        reason,
        ports,
        maxBackends,
        ipv4Prefix,
        ipv6Prefix,
        newCgroup,
        attachments + 1,
        since,
        serversSince);
  }

  /** Since when a port is watched without a break, see {@link #since}; empty when it is not. */
  private Optional<Long> watchedSince(int port) {
    int index = ports.numbers().indexOf(port);
    return index < 0 ? Optional.empty() : Optional.of(since.get(index));
  }

  /** Reads the map of that name. */
  static TapDescription read(long reader) {
    ReadableMap description =
        new ReadableMap(reader, "description", Long.BYTES, MapLayout.DESCRIPTION.padded(), 1);
    description.read();
    ByteBuffer value =
        description
            .elements()
            .position(description.value(0))
            .slice()
            .order(ByteOrder.nativeOrder());
    List<Integer> ports = ports(value);
    long serversSince = value.getLong(MapLayout.DESCRIPTION_SERVERS_SINCE.get());
    return new TapDescription(
        value.getInt(MapLayout.DESCRIPTION_TRACING.get()) != 0
            ? TapChoice.TRACING
            : TapChoice.CGROUP,
        ReadableMap.text(value, MapLayout.DESCRIPTION_TAP_REASON.get(), reasonBytes()),
        new WatchedPorts(ports, serversSince != 0),
        value.getInt(MapLayout.DESCRIPTION_MAX_BACKENDS.get()),
        value.getInt(MapLayout.DESCRIPTION_IPV4_PREFIX.get()),
        value.getInt(MapLayout.DESCRIPTION_IPV6_PREFIX.get()),
        value.getLong(MapLayout.DESCRIPTION_CGROUP.get()),
        value.getInt(MapLayout.DESCRIPTION_ATTACHMENTS.get()),
        IntStream.range(0, ports.size())
            .mapToObj(i -> value.getLong(MapLayout.DESCRIPTION_SINCE.get() + Long.BYTES * i))
            .toList(),
        serversSince);
  }

  private static List<Integer> ports(ByteBuffer value) {
    return IntStream.range(0, WatchedPorts.MAX_NUMBERS)
        .map(i -> Short.toUnsignedInt(value.getShort(MapLayout.DESCRIPTION_PORTS.get() + 2 * i)))
        .filter(port -> port != 0)
        .boxed()
        .toList();
  }

  /** What the map is to hold. */
  byte[] bytes() {
    ByteBuffer value =
        ByteBuffer.allocate(MapLayout.DESCRIPTION.get()).order(ByteOrder.nativeOrder());
    value.putInt(MapLayout.DESCRIPTION_LAYOUT.get(), MapLayout.LAYOUT_VERSION.get());
    value.putInt(MapLayout.DESCRIPTION_TRACING.get(), tap == TapChoice.TRACING ? 1 : 0);
    value.putInt(MapLayout.DESCRIPTION_MAX_BACKENDS.get(), maxBackends);
    value.putInt(MapLayout.DESCRIPTION_IPV4_PREFIX.get(), ipv4Prefix);
    value.putInt(MapLayout.DESCRIPTION_IPV6_PREFIX.get(), ipv6Prefix);
    value.putInt(MapLayout.DESCRIPTION_ATTACHMENTS.get(), attachments);
    value.putLong(MapLayout.DESCRIPTION_CGROUP.get(), cgroup);
    value.putLong(MapLayout.DESCRIPTION_SERVERS_SINCE.get(), serversSince);
    for (int i = 0; i < since.size(); i++) {
      value.putLong(MapLayout.DESCRIPTION_SINCE.get() + Long.BYTES * i, since.get(i));
      value.putShort(
          MapLayout.DESCRIPTION_PORTS.get() + 2 * i, ports.numbers().get(i).shortValue());
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int room = reasonBytes() - 1; // it ends with NUL
    value.put(MapLayout.DESCRIPTION_TAP_REASON.get(), text, 0, Math.min(text.length, room));
    return value.array();
  }

  private static int reasonBytes() {
    return MapLayout.DESCRIPTION.get() - MapLayout.DESCRIPTION_TAP_REASON.get();
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
    if (WatchedCgroup.inode(config.cgroup()) != cgroup && !WatchedCgroup.isGone(cgroup)) {
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
