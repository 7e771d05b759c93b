package io.mysqlwire.exporter.health;

import java.time.Instant;
import java.util.Optional;

/**
 * What is held of a server.
 *
 * @param reason in a word
 * @param since when the word changed last
 * @param evidence a sentence with numbers
 */
public record Verdict(Reason reason, Instant since, String evidence) {
  /** Whether it is healthy; empty when that can't be said. */
  public Optional<Boolean> healthy() {
    return reason == Reason.UNKNOWN ? Optional.empty() : Optional.of(reason == Reason.OK);
  }
}
