package io.mysqlwire.exporter.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells a file from the one that was there before. The key (inode) changes with the symbolic
 * link that Kubernetes turns to the next version of a ConfigMap.
 */
record FileVersion(FileTime modified, long size, @Nullable Object key) {
  private static final FileVersion NONE = new FileVersion(FileTime.fromMillis(0), -1, null);

  static FileVersion of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileVersion(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException e) {
      return NONE;
    }
  }
}
