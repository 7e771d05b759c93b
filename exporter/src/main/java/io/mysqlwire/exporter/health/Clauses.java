package io.mysqlwire.exporter.health;

import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.exporter.health.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A sentence of evidence in the making: a clause for each fact. */
final class Clauses {
  private final Facts facts;
  private final List<String> clauses = new ArrayList<>();

  Clauses(Facts facts) {
    this.facts = facts;
  }

  Clauses add(String clause) {
    if (!clause.isEmpty()) {
      clauses.add(clause);
    }
    return this;
  }

  Clauses process(String format) {
    facts
        .process()
        .ifPresent(
            one ->
                add(
                    String.format(
                        Locale.ROOT,
                        format,
                        "process",
                        one.pid(),
                        Words.seconds(one.ageSeconds()))));
    return this;
  }

  Clauses probe(ProbeKind kind) {
    facts.check(kind).map(Words::check).ifPresent(this::add);
    return this;
  }

  /** Those that answer first, then those that do not; nothing of what was not asked. */
  Clauses probes() {
    for (ProbeKind kind : ProbeKind.values()) {
      facts
          .check(kind)
          .filter(check -> check.finding() != Finding.PENDING)
          .filter(check -> kind != ProbeKind.CONNECT || !check.isOk())
          .map(Words::check)
          .ifPresent(this::add);
    }
    return this;
  }

  Clauses traffic() {
    Optional<Traffic> now = facts.traffic().filter(Traffic::wasSeen);
    if (now.isPresent()) {
      add(Words.waiting(now.get()));
      add(Words.answered(now.get()));
    } else if (facts.traffic().isPresent()) {
      add("no client was seen");
    }
    return this;
  }

  /** Says so when there are none. */
  Clauses withoutProbes() {
    return facts.checks().isEmpty() ? add("no probe is on") : this;
  }

  /** Connections that nobody takes. */
  Clauses queue() {
    facts
        .process()
        .filter(one -> one.queued() > 0)
        .ifPresent(
            one ->
                add(
                    String.format(
                        Locale.ROOT,
                        "%d connections were not accepted for %s",
                        one.queued(),
                        Words.seconds(one.queuedSeconds()))));
    return this;
  }

  /** An fsync that has not returned. */
  Clauses fsync() {
    facts.traffic().flatMap(Traffic::fsync).map(Words::fsync).ifPresent(this::add);
    return this;
  }

  boolean isEmpty() {
    return clauses.isEmpty();
  }

  @Override
  public String toString() {
    return String.join(", ", clauses);
  }
}
