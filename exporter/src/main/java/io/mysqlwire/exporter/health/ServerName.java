package io.mysqlwire.exporter.health;

import io.mysqlwire.bpf.ServerLabel;
import io.mysqlwire.exporter.health.targets.ProbeTarget;
import io.mysqlwire.servers.ListeningSocket;

/**
 * What a server is called: the address that clients reach it by. One that is not on loopback is
 * better, as for fsyncs, and of those the one with most connections when the first was seen; then
 * the name stays, for a series that is renamed is two.
 */
final class ServerName {
  private static final int WILDCARD = 1;
  private static final int PATH = 2;
  private static final int LOOPBACK = 3;
  private static final int ADDRESS = 4;

  private String text = "";
  private int rank;
  private long opened;
  private boolean isFixed;

  /** Where the file of probes says that it is. */
  void offerTarget(ProbeTarget target) {
    if (target.socket().isEmpty()) {
      take(target.endpoint(), isLoopback(target.endpoint()) ? LOOPBACK : ADDRESS, 0);
    } else {
      take(target.socket(), PATH, 0);
    }
  }

  /** Where it listens. */
  void offerSocket(ListeningSocket socket) {
    String label = ServerLabel.of(socket);
    boolean wildcard = socket.address().isAnyLocalAddress();
    take(label, wildcard ? WILDCARD : isLoopback(label) ? LOOPBACK : ADDRESS, 0);
  }

  /** What connections to it are labelled. */
  void offer(String label, long connections) {
    boolean path = label.startsWith("/") || label.startsWith("@");
    take(label, path ? PATH : isLoopback(label) ? LOOPBACK : ADDRESS, connections);
  }

  private void take(String label, int rankOfIt, long connections) {
    if (rankOfIt > rank || (rankOfIt == rank && connections > opened && !isFixed)) {
      text = label;
      rank = rankOfIt;
      opened = connections;
      isFixed = false;
    }
  }

  /** It was shown to people under this name. */
  String text() {
    isFixed = true;
    return text;
  }

  private static boolean isLoopback(String label) {
    return label.startsWith("127.") || label.startsWith("[::1]");
  }
}
