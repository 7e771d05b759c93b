package io.mysqlwire.bpf;

import io.mysqlwire.servers.ListeningSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads where servers listen, as the kernel programs have seen it. Not thread-safe. */
final class ListenerReader {
  private final ReadableMap listeners;
  private final ReadableMap changes;

  ListenerReader(long handle) {
    listeners =
        ReadableMap.whole(
            handle, "listeners", MapLayout.LISTENER_KEY.padded(), MapLayout.LISTENER.padded());
    changes = new ReadableMap(handle, "server_changes", Long.BYTES, Long.BYTES, 1);
  }

  /** Times that something has changed since the programs were loaded. */
  long changes() {
    changes.read();
    return changes.elements().getLong(changes.value(0));
  }

  /** By number of the process; 0 for those whose process is not known. */
  Map<Integer, List<ListeningSocket>> read() {
    Map<Integer, List<ListeningSocket>> byProcess = new HashMap<>();
    ByteBuffer elements = listeners.elements();
    int n = listeners.read();
    for (int i = 0; i < n; i++) {
      int key = listeners.key(i);
      byProcess
          .computeIfAbsent(
              elements.getInt(listeners.value(i) + MapLayout.LISTENER_PROCESS.get()),
              unused -> new ArrayList<>())
          .add(
              new ListeningSocket(
                  Address.of(elements, key + MapLayout.LISTENER_KEY_ADDRESS.get()),
                  Short.toUnsignedInt(elements.getShort(key + MapLayout.LISTENER_KEY_PORT.get())),
                  elements.getInt(key + MapLayout.LISTENER_KEY_NAMESPACE.get())));
    }
    return byProcess;
  }
}
