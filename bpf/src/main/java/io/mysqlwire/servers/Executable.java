package io.mysqlwire.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The program that a process runs.
 *
 * @param device it lies on
 * @param inode of its file: with the device it tells one binary from another, whatever their paths
 * @param path as the process sees it
 * @param deleted the file was removed or replaced since, as an upgrade in place does
 */
public record Executable(long device, long inode, String path, boolean deleted) {
  /** What the kernel puts behind the path of a file that has no name any more: d_path(). */
  private static final String DELETED = " (deleted)";

  /** The one of a process; empty when it is not for us to look at. */
  public static Optional<Executable> of(ServerProcess process) {
    return at(process.binary());
  }

  /** The same by {@code /proc/PID/exe}. */
  public static Optional<Executable> at(Path link) {
    try {
      String path = Files.readSymbolicLink(link).toString();
      Map<String, Object> file = Files.readAttributes(link, "unix:dev,ino");
      boolean deleted = path.endsWith(DELETED);
      return Optional.of(
          new Executable(
              ((Number) file.getOrDefault("dev", 0L)).longValue(),
              ((Number) file.getOrDefault("ino", 0L)).longValue(),
              deleted ? path.substring(0, path.length() - DELETED.length()) : path,
              deleted));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
