package io.mysqlwire.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network namespace of this process. */
public final class OwnNamespace {
  /** Its number, as {@code lsns -t net} shows it; 0 when it is not known. */
  public static final int NET = number();

  private OwnNamespace() {}

  private static int number() {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
      int colon = link.indexOf(":[");
      return Integer.parseUnsignedInt(link, colon + 2, link.length() - 1, 10);
    } catch (IOException | IndexOutOfBoundsException e) {
      return 0; // no /proc
    }
  }
}
