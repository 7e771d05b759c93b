package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may read pins: root alone may change them, and of those that only the programs need nobody
 * else knows more than the name.
 *
 * @param group members may read; everybody when it is null
 */
record PinAccess(@Nullable GroupPrincipal group) {
  /** The group of this name or number. */
  static PinAccess of(@Nullable String group, Path directory) throws TapException {
    if (group == null) {
      return new PinAccess((GroupPrincipal) null);
    }
    try {
      return new PinAccess(
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(group));
    } catch (UserPrincipalNotFoundException e) {
      throw new TapException(
          "--bpf.pin-group: there is no group \"" + group + "\"; create it, or name another");
    } catch (IOException e) {
      throw new TapException("--bpf.pin-group: \"" + group + "\": " + e.getMessage());
    }
  }

  /** A directory that nobody else enters, before its pins have their permissions. */
  void createPrivate(Path directory) throws IOException {
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Opens a directory and its pins to readers, but for those that are kept from them. */
  void applyTo(Path directory, List<String> kept) throws IOException {
    for (Path entry : PinnedLayout.list(directory)) {
      if (!Files.isDirectory(entry)) {
        boolean hidden = kept.contains(entry.getFileName().toString());
        set(entry, hidden ? "rw-------" : group == null ? "rw-r--r--" : "rw-r-----");
      }
    }
    open(directory);
  }

  /** Opens a directory to readers, whatever its entries allow. */
  void open(Path directory) throws IOException {
    set(directory, group == null ? "rwxr-xr-x" : "rwxr-x---");
  }

  private void set(Path path, String permissions) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (group != null) {
      view.setGroup(group);
    }
    view.setPermissions(Set.copyOf(PosixFilePermissions.fromString(permissions)));
  }
}
