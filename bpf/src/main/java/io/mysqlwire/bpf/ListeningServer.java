package io.mysqlwire.bpf;

import io.mysqlwire.servers.RunningServers;
import io.mysqlwire.servers.RunningServers.Listening;
import io.mysqlwire.servers.ServerProcess;
import io.mysqlwire.servers.TcpListener;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process that listens on a watched port.
 *
 * @param name of the process, e.g. {@code mariadbd}
 * @param pid its number
 * @param port where it listens
 * @param cgroup its place in the cgroup v2 hierarchy, as {@code /proc/PID/cgroup} has it
 */
record ListeningServer(String name, String pid, int port, String cgroup) {
  /**
   * Those of this network namespace and of those of running database servers. Sockets whose process
   * can't be looked at are left out.
   */
  static List<ListeningServer> on(WatchedPorts watched) {
    List<Integer> ports = watched.numbers();
    Map<String, Integer> sockets = new HashMap<>();
    addSockets(sockets, Path.of("/proc/self"), ports);
    ServerProcess.running().forEach(process -> addSockets(sockets, process.directory(), ports));
    List<ListeningServer> listening = new ArrayList<>();
    if (watched.servers()) {
      for (Listening one : RunningServers.listening()) {
        if (!ports.contains(one.socket().port())) {
          of(Path.of("/proc/" + one.pid()), one.socket().port()).ifPresent(listening::add);
        }
      }
    }
    if (!sockets.isEmpty()) {
      listening.addAll(owners(sockets));
    }
    return listening;
  }

  /** Adds listening sockets, by inode. */
  private static void addSockets(Map<String, Integer> to, Path process, List<Integer> ports) {
    TcpListener.of(process).stream()
        .filter(listener -> ports.contains(listener.port()))
        .forEach(listener -> to.put("socket:[" + listener.inode() + "]", listener.port()));
  }

  private static List<ListeningServer> owners(Map<String, Integer> sockets) {
    List<ListeningServer> owners = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        portOf(process, sockets).flatMap(port -> of(process, port)).ifPresent(owners::add);
      }
    } catch (IOException e) {
      // Without /proc there was no socket either.
    }
    return owners;
  }

  /** The port of the first of these sockets that the process has open. */
  private static Optional<Integer> portOf(Path process, Map<String, Integer> sockets) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        Optional<Integer> port = target(descriptor).map(sockets::get);
        if (port.isPresent()) {
          return port;
        }
      }
    } catch (IOException e) {
      // It ended meanwhile, or is not for us to look at.
    }
    return Optional.empty();
  }

  private static Optional<String> target(Path descriptor) {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) {
      return Optional.empty(); // it was closed meanwhile
    }
  }

  private static Optional<ListeningServer> of(Path process, int port) {
    try (Stream<String> lines = Files.lines(process.resolve("cgroup"))) {
      String name = Files.readString(process.resolve("comm")).strip();
      return lines
          .filter(line -> line.startsWith("0::"))
          .map(line -> line.substring("0::".length()))
          .map(cgroup -> new ListeningServer(name, process.getFileName().toString(), port, cgroup))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // it ended meanwhile
    }
  }

  /** Whether it is in the watched cgroup or below; not when this can't be seen from here. */
  private boolean isIn(Path watched, List<Path> roots) {
    long inode = WatchedCgroup.inode(watched);
    return roots.stream()
        .anyMatch(root -> isBelow(root, root.resolve(cgroup.substring(1)).normalize(), inode));
  }

  private static boolean isBelow(Path root, Path place, long inode) {
    for (Path at = place; at != null && at.startsWith(root); at = at.getParent()) {
      if (WatchedCgroup.inode(at) == inode) {
        return true;
      }
    }
    return false;
  }

  /** What {@code check} says of each that is not in the watched cgroup. */
  static List<HostFact> facts(TapConfig config) {
    List<Path> roots;
    try {
      roots = WatchedCgroup.hierarchies();
    } catch (IOException e) {
      return List.of(); // then the line of the cgroup says what is wrong
    }
    return on(config.ports()).stream()
        .filter(server -> !server.isIn(config.cgroup(), roots))
        .map(server -> server.unseen(config.cgroup()))
        .toList();
  }

  private HostFact unseen(Path watched) {
    return new HostFact(
        "port " + port,
        HostFact.Status.LIMIT,
        name
            + ", pid "
            + pid
            + ", listens there in cgroup "
            + cgroup
            + ", which is not in the watched "
            + watched
            + ": nothing of it is counted",
        "watch its cgroup, or one that both are in, with --cgroup.path");
  }
}
