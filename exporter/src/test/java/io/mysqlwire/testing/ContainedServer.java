package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution's MariaDB as a container has it: a root of its own, with a program and libraries
 * of its own, in a mount namespace of its own. Nobody outside has a path to its files but through
 * {@code /proc/PID/root}. Needs root.
 */
public final class ContainedServer {
  /** Where it has its files, as it sees them. */
  private static final Path HOME = Path.of("/srv");

  private static final Path MESSAGES = Path.of("/usr/share/mysql");

  /**
   * Lines of ldd: {@code libc.so.6 => /lib/libc.so.6 (0x7f...)}, and the loader's without arrow.
   */
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  private ContainedServer() {}

  /**
   * Starts one in the network namespace of this process and waits until it greets.
   *
   * @param options as for {@link EmbeddedServer#start}; their paths are the container's
   * @param files further ones to have in {@link #path}
   */
  public static EmbeddedServer start(Map<String, String> options, List<Path> files)
      throws IOException {
    ServerInstallation installation = ServerInstallation.prepare(ServerKind.MARIADB_SYSTEM);
    Path directory = Leftovers.directory("mysqlwire-contained-");
    try {
      Path image = Files.createDirectory(directory.resolve("image"));
      fill(image, installation, files);
      Path root = Files.createDirectory(directory.resolve("root"));
      int port = EmbeddedServer.freePort();
      List<String> command = new ArrayList<>(entering(image, root));
      command.addAll(EmbeddedServer.command(installation, HOME, port, options));
      command.add("--lc-messages-dir=" + MESSAGES);
      command.add("--tmpdir=" + HOME);
      return EmbeddedServer.launch(installation.kind(), directory, port, command);
    } catch (IOException e) {
      Leftovers.delete(directory);
      throw e;
    }
  }

  /** Where it has one of the further files. */
  public static Path path(Path file) {
    return HOME.resolve(file.getFileName());
  }

  /** The path that its socket is bound to. */
  public static Path boundSocket() {
    return HOME.resolve("socket");
  }

  /** A way to its socket from outside. */
  public static Path reachableSocket(EmbeddedServer server) {
    return below(Path.of("/proc/" + server.pid() + "/root"), boundSocket());
  }

  private static List<String> entering(Path image, Path root) {
    String script =
        "mount -t tmpfs contained \"$2\" && cp -a \"$1\"/. \"$2\" && root=$2 && shift 2"
            + " && exec chroot \"$root\" \"$@\"";
    return List.of(
        "unshare", "--mount", "sh", "-c", script, "sh", image.toString(), root.toString());
  }

  private static void fill(Path image, ServerInstallation installation, List<Path> files)
      throws IOException {
    Path binary = installation.kind().binary(installation.home());
    copy(binary, image);
    Matcher libraries = LIBRARY.matcher(NetworkNamespace.run(List.of("ldd", binary.toString())));
    while (libraries.find()) {
      copy(Path.of(libraries.group(1)), image);
    }
    Path messages = below(image, MESSAGES);
    Files.createDirectories(Directories.parent(messages));
    Leftovers.copy(MESSAGES, messages);
    Path home = Files.createDirectories(below(image, HOME));
    Leftovers.copy(installation.dataTemplate(), home.resolve("data"));
    EmbeddedServer.writeAccounts(home);
    for (Path file : files) {
      Files.copy(file, below(image, path(file)));
    }
  }

  /** What the file is, and not the link to it. */
  private static void copy(Path file, Path image) throws IOException {
    Path target = below(image, file);
    Files.createDirectories(Directories.parent(target));
    Files.copy(file.toRealPath(), target, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static Path below(Path root, Path path) {
    return root.resolve(path.toString().substring(1));
  }
}
