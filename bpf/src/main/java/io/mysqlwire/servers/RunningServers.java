package io.mysqlwire.servers;

import java.util.ArrayList;
import java.util.List;

/** All that run here. */
public final class RunningServers {
  private RunningServers() {}

  /** Where they listen, of those that are for us to look at: costs a look at each process. */
  public static List<Listening> listening() {
    List<Listening> all = new ArrayList<>();
    for (ServerProcess process : ServerProcess.running()) {
      OpenSockets.of(process)
          .ifPresent(
              open -> open.tcp().forEach(socket -> all.add(new Listening(socket, process.pid()))));
    }
    return all;
  }

  /**
   * Where one of them listens.
   *
   * @param pid whose it is
   */
  public record Listening(ListeningSocket socket, int pid) {}
}
