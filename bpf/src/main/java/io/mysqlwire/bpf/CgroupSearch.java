package io.mysqlwire.bpf;

import java.io.IOException;
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

  CgroupSearch(long inode) {
    this.inode = inode;
  }

  Optional<Path> below(Path root) {
    try {
      Files.walkFileTree(root, this);
    } catch (IOException e) {
      sawAll = false;
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
    sawAll &= e instanceof NoSuchFileException; // cgroups come and go meanwhile
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
    sawAll &= e == null || e instanceof NoSuchFileException;
    return FileVisitResult.CONTINUE;
  }
}
