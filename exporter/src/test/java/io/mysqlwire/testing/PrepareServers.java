package io.mysqlwire.testing;

import java.io.IOException;

/**
 * Unpacks and initialises every server that can run here, so that starting one is quick. Meant for
 * the host before entering a VM, in which initialising takes minutes.
 */
public final class PrepareServers {
  private PrepareServers() {}

  public static void main(String[] arguments) throws IOException {
    for (ServerKind kind : ServerKind.available()) {
      ServerInstallation installation = ServerInstallation.prepare(kind);
      System.out.println(kind.label() + " ready in " + installation.home().getParent());
    }
  }
}
