package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A key of the kernel's map of backends, to the byte.
 *
 * @param server 16 bytes, IPv4 mapped into IPv6
 * @param port of the server
 * @param client 16 bytes as well
 * @param zone interface, if either address is link-local, else 0
 * @param namespace number of the network namespace
 * @param user up to {@link #USER_BYTES} bytes, none of them NUL
 * @param cut whether the name went on; only if it fills its room
 */
public record RawBackend(
    ByteBuffer server,
    int port,
    ByteBuffer client,
    int zone,
    int namespace,
    ByteBuffer user,
    boolean cut) {
  /** As in connection.h. */
  public static final int USER_BYTES = 384;

  /** What a snapshot has for it. */
  public Backend read() {
    ByteBuffer key =
        ByteBuffer.allocate(MapLayout.IDENTITY.padded())
            .order(ByteOrder.nativeOrder())
            .put(MapLayout.IDENTITY_SERVER.get(), server, 0, 16)
            .putShort(MapLayout.IDENTITY_PORT.get(), (short) port)
            .put(MapLayout.IDENTITY_BACKEND.get(), client, 0, 16)
            .putInt(MapLayout.IDENTITY_ZONE.get(), zone)
            .putInt(MapLayout.IDENTITY_NAMESPACE.get(), namespace)
            .put(MapLayout.IDENTITY_USER.get(), user, 0, user.capacity())
            .put(MapLayout.IDENTITY_CUT.get(), (byte) (cut ? 1 : 0));
    return BackendReader.backend(key, 0, Integer::toString);
  }
}
