package io.mysqlwire.exporter.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * What tells one content of a file from another without reading it.
 *
 * <p>The inode changes with the symbolic link that Kubernetes turns to the next version of a
 * ConfigMap. The time of the last status change is among it, because unlike that of the last
 * modification nobody can set it back. Both come in steps of some milliseconds, so a file that has
 * just changed may change again and keep its stamp: see {@link #isSettled}.
 *
 * @param attributes empty for a file that can't be looked at
 */
public record FileStamp(Map<String, Object> attributes) {
  /** Far more than a file system's clock has for a step. */
  private static final long SETTLED_MILLISECONDS = 2_000;

  /** Follows symbolic links, so that exchanging one counts as a change. */
  public static FileStamp of(Path file) {
    try {
      return new FileStamp(
          Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime,isRegularFile"));
    } catch (IOException e) {
      return new FileStamp(Map.of());
    }
  }

  /** Whether the next change will give another stamp. */
  public boolean isSettled() {
    return attributes.get("ctime") instanceof FileTime changed
        && System.currentTimeMillis() - changed.toMillis() > SETTLED_MILLISECONDS;
  }

  public boolean isEmptyFile() {
    return Long.valueOf(0).equals(attributes.get("size"));
  }
}
