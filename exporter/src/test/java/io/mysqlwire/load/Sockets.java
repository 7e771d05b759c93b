package io.mysqlwire.load;

import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The kernel's tables of TCP sockets, proc(5). */
final class Sockets {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int INODE = 9;

  private Sockets() {}

  /**
   * Whether the server has a socket to that client address that is not closed; what is left of a
   * closed one has no inode any more.
   */
  static boolean isHeldByAProcess(EmbeddedServer server, String address) throws IOException {
    String local = String.format(":%04X", server.port());
    int ipv4 =
        ByteBuffer.wrap(InetAddress.getByName(address).getAddress())
            .order(ByteOrder.nativeOrder())
            .getInt();
    String remote = String.format("%08X:", ipv4);
    for (Path table : TABLES) {
      for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
        // "0: 0100007F:0CEA 0200007F:D6E4 01 ... inode"; mapped addresses end in the IPv4 one
        String[] columns = line.strip().split("\\s+", -1);
        if (columns[1].endsWith(local)
            && columns[2].contains(remote)
            && !columns[INODE].equals("0")) {
          return true;
        }
      }
    }
    return false;
  }
}
