package io.mysqlwire.bpf;

import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code load} has found of the servers, beside the pins: they live and go together. A BPF
 * file system has no files for text, so each is the target of a symbolic link that leads nowhere:
 * {@code servers/PID-STARTED}.
 */
record PinnedServers(Path directory) {
  private static final String NEW = "new";

  /** Leaves what was found of those that run, and nothing of others. */
  void write(Map<ServerProcess, FoundServer> found, PinAccess access) throws IOException {
    if (!Files.isDirectory(directory)) {
      access.createPrivate(directory);
    }
    Set<Path> current = new HashSet<>();
    for (Map.Entry<ServerProcess, FoundServer> one : found.entrySet()) {
      Path beside = directory.resolve(NEW);
      Files.deleteIfExists(beside); // of one that did not come to an end
      Files.createSymbolicLink(beside, Path.of(one.getValue().encoded()));
      current.add(Files.move(beside, place(one.getKey()), StandardCopyOption.ATOMIC_MOVE));
    }
    for (Path entry : PinnedLayout.list(directory)) {
      if (!current.contains(entry)) {
        Files.deleteIfExists(entry);
      }
    }
    access.open(directory);
  }

  /** What was found of a process; empty when nothing was. */
  Optional<FoundServer> read(ServerProcess process) {
    try {
      return FoundServer.parse(Files.readSymbolicLink(place(process)).toString());
    } catch (IOException e) {
      return Optional.empty(); // it has begun since, or this is not for us to read
    }
  }

  /** When it was last written, ms; 0 for never. */
  long written() {
    try {
      return Files.getLastModifiedTime(directory).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  private Path place(ServerProcess process) {
    return directory.resolve(process.pid() + "-" + process.started());
  }
}
