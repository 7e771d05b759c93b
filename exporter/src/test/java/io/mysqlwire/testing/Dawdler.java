package io.mysqlwire.testing;

import io.mysqlwire.testing.WitnessSocket.Pace;
import java.io.IOException;

/** Pauses of a slow reader. */
final class Dawdler {
  private final Pace pace;
  private int untilPause = Pace.BYTES_BETWEEN_PAUSES;

  Dawdler(Pace pace) {
    this.pace = pace;
  }

  /** After so many bytes were read. */
  void dawdle(int count) throws IOException {
    untilPause -= count;
    if (pace == Pace.FULL || untilPause > 0) {
      return;
    }
    untilPause = Pace.BYTES_BETWEEN_PAUSES;
    try {
      Thread.sleep(Pace.PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading slowly", e);
    }
  }
}
