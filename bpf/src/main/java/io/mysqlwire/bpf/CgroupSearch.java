package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for a cgroup's directory by its inode. */
final class CgroupSearch extends SimpleFileVisitor<Path> {
  private final long inode;
  private @Nullable Path found;
  private boolean sawAll = true;
  private @Nullable IOException failure;

  CgroupSearch(long inode) {
    this.inode = inode;
  }

  /**
   * Looks below {@code root}.
   *
   * @throws IOException when it is not found, and some of the tree could not be looked at for want
   *     of memory or descriptors
   */
  Optional<Path> below(Path root) throws IOException {
    Files.walkFileTree(root, this);
    if (found == null && failure != null) {
      throw failure;
    }
    return Optional.ofNullable(found);
  }

  /** Whether no part of the tree was kept from this process. */
  boolean sawAll() {
    return sawAll;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    if (WatchedCgroup.inode(directory) != inode) {
      return FileVisitResult.CONTINUE;
    }
    found = directory;
    return FileVisitResult.TERMINATE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    note(e);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
    if (e != null) {
      note(e);
    }
    return FileVisitResult.CONTINUE;
  }

  private void note(IOException e) {
    if (e instanceof NoSuchFileException) {
      return; // cgroups come and go meanwhile
    }
    sawAll = false;
    if (!(e instanceof AccessDeniedException)) {
      failure = e;
    }
  }
}
