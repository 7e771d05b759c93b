package io.mysqlwire.exactness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The networks that counts have to be exact on. */
enum Network {
  /** Segments are dropped where they leave and where they arrive, both seen by the tap. */
  DROPPER,
  /** Segments are lost on the way: the receiving side sees later ones first. */
  HOLES,
  /** The same in segments of half a kilobyte. */
  TINY_HOLES,
  /** Segments are lost, delayed, duplicated and reordered. */
  NETEM,
  /** The same in segments of half a kilobyte. */
  TINY_NETEM;

  /**
   * Those of the system property {@code mysqlwire.faults}. {@code dropper}, the default, spoils
   * only the clients of the test's server; {@code holes} and {@code netem} need a loopback
   * interface of their own, {@code netem} the module sch_netem as well.
   */
  static List<Network> underTest() {
    String faults = System.getProperty("mysqlwire.faults", "dropper");
    return switch (faults) {
      case "dropper" -> List.of(DROPPER);
      case "holes" -> List.of(HOLES, TINY_HOLES);
      case "netem" -> List.of(NETEM, TINY_NETEM);
      default -> throw new IllegalArgumentException("mysqlwire.faults=" + faults);
    };
  }

  boolean hasTinySegments() {
    return this == TINY_HOLES || this == TINY_NETEM;
  }

  /** Breaks the network for the clients of a server; {@link #mend} takes the result. */
  List<NetworkFault> breakFor(int port) throws IOException {
    List<NetworkFault> faults = new ArrayList<>();
    try {
      if (hasTinySegments()) {
        faults.add(Loopback.tinySegments());
      }
      faults.add(
          switch (this) {
            case DROPPER -> Dropper.inCgroup(port);
            case HOLES, TINY_HOLES -> Dropper.onLoopback(port);
            case NETEM, TINY_NETEM -> Loopback.netem();
          });
      return faults;
    } catch (IOException e) {
      mend(faults);
      throw e;
    }
  }

  /** Ends faults, the last one first. */
  static void mend(List<NetworkFault> faults) throws IOException {
    while (!faults.isEmpty()) {
      faults.remove(faults.size() - 1).close();
    }
  }
}
