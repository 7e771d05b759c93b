package io.mysqlwire.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of all witness sockets opened while it is open. One at a time: drivers make
 * their socket factories themselves, so that these have to find it in a static place.
 */
public final class Recording implements AutoCloseable {
  private static @Nullable Recording current;

  private final List<RecordedConnection> connections = new ArrayList<>();

  private Recording() {}

  public static synchronized Recording open() {
    if (current != null) {
      throw new IllegalStateException("one recording at a time");
    }
    current = new Recording();
    return current;
  }

  static synchronized void add(RecordedConnection connection) {
    if (current == null) {
      throw new IllegalStateException("a witness socket connected while nothing records");
    }
    current.connections.add(connection);
  }

  /** Every connection so far, oldest first. */
  public List<RecordedConnection> connections() {
    synchronized (Recording.class) {
      return List.copyOf(connections);
    }
  }

  @Override
  public void close() {
    synchronized (Recording.class) {
      current = null;
    }
  }
}
