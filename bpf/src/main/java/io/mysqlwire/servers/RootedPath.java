package io.mysqlwire.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;

/** A path below the root of another mount namespace, whose absolute links lead elsewhere here. */
final class RootedPath {
  /** As the kernel has it: MAXSYMLINKS. */
  private static final int MAX_LINKS = 40;

  private RootedPath() {}

  /**
   * Where an absolute path of that namespace is, without a link in it; empty for a relative one,
   * and for links that never end.
   */
  static Optional<Path> resolve(Path root, String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    Deque<Path> ahead = new ArrayDeque<>();
    push(ahead, Path.of(path));
    Path place = root;
    int links = 0;
    while (!ahead.isEmpty()) {
      Path name = ahead.pop();
      Path next = place.resolve(name);
      if (name.toString().equals("..")) {
        place = place.equals(root) ? root : Objects.requireNonNullElse(place.getParent(), root);
      } else if (!Files.isSymbolicLink(next)) {
        place = next;
      } else {
        Path target;
        try {
          target = Files.readSymbolicLink(next);
        } catch (IOException e) {
          return Optional.empty();
        }
        if (++links > MAX_LINKS) {
          return Optional.empty();
        }
        place = target.isAbsolute() ? root : place;
        push(ahead, target);
      }
    }
    return Optional.of(place);
  }

  private static void push(Deque<Path> ahead, Path path) {
    for (int i = path.getNameCount(); i-- > 0; ) {
      ahead.push(path.getName(i));
    }
  }
}
