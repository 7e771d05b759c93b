package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directory of a BPF file system with everything of one loading: {@code maps/}, {@code programs/}
 * and {@code links/}. As long as a link has a name there, its program runs.
 */
record PinnedLayout(Path directory) {
  private static final String NEW = "-new";

  Path maps() {
    return directory.resolve("maps");
  }

  Path programs() {
    return directory.resolve("programs");
  }

  Path links() {
    return directory.resolve("links");
  }

  /** Links of probes on servers' binaries: they stay when the programs are replaced. */
  Path probes() {
    return directory.resolve("tls");
  }

  /** What was found of the servers, for readers. */
  PinnedServers servers() {
    return new PinnedServers(directory.resolve("servers"));
  }

  boolean exists() {
    return Files.isDirectory(directory);
  }

  /** Puts the links and programs of {@code loaded} in the place of those that are there. */
  void replacePrograms(KernelPrograms loaded, PinAccess access) throws IOException, KernelRefusal {
    finishReplacing();
    Path programs = sibling(programs());
    Path links = sibling(links());
    try {
      access.createPrivate(programs);
      access.createPrivate(links);
      loaded.pin(null, programs, links);
      access.applyTo(programs, List.of());
    } catch (IOException | KernelRefusal | RuntimeException | Error e) {
      delete(links); // a link with a name would stay attached
      delete(programs);
      throw e;
    }
    delete(links());
    Files.move(links, links(), StandardCopyOption.ATOMIC_MOVE);
    delete(programs());
    Files.move(programs, programs(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Tidies up after a process that ended within {@link #replacePrograms}. */
  private void finishReplacing() throws IOException {
    for (Path place : List.of(links(), programs())) {
      Path other = sibling(place);
      if (Files.exists(other) && !Files.exists(place)) {
        Files.move(other, place, StandardCopyOption.ATOMIC_MOVE);
      }
      delete(other);
    }
  }

  private static Path sibling(Path place) {
    return place.resolveSibling(place.getFileName() + NEW);
  }

  /** Detaches and unpins. */
  void delete() throws IOException {
    delete(links());
    delete(directory);
  }

  /** A directory of pins, or of directories of pins. */
  static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    for (Path entry : list(directory)) {
      if (Files.isDirectory(entry)) {
        delete(entry);
      } else {
        Files.deleteIfExists(entry);
      }
    }
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      throw new IOException(directory + " got a new entry while it was removed", e);
    }
  }

  static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
