package io.mysqlwire.bpf;

import java.nio.ByteBuffer;

/**
 * A key of the kernel's map of backends, to the byte.
 *
 * @param server 16 bytes, IPv4 mapped into IPv6
 * @param port of the server
 * @param client 16 bytes as well
 * @param user up to {@link #USER_BYTES} bytes, none of them NUL
 * @param cut whether the name went on; only if it fills its room
 */
public record RawBackend(
    ByteBuffer server, int port, ByteBuffer client, ByteBuffer user, boolean cut) {
  /** As in connection.h. */
  public static final int USER_BYTES = 384;

  /** What a snapshot has for it, by the same steps as {@code SnapshotReader}. */
  public Backend read() {
    String endpoint = Address.endpoint(Address.text(server, 0), port);
    String name = SnapshotReader.text(user, 0, user.capacity());
    return new Backend(endpoint, Address.text(client, 0), cut ? name + "…" : name);
  }
}
