package io.mysqlwire.matrix;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exactness.Witness;
import io.mysqlwire.testing.DecodedConversation;
import io.mysqlwire.testing.DecodedResponse;
import io.mysqlwire.testing.Tally;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Compares what witness, application and kernel say about one cell. */
final class CellCheck {
  private static final long SETTLE_NANOSECONDS = TimeUnit.SECONDS.toNanos(2);

  private final Topic topic;
  private final String address;
  private final Witness witness;
  private final Tally told;
  private final Tally expected;
  private final Tally seen = new Tally();

  CellCheck(Topic topic, String address, Witness witness, Tally told) {
    this.topic = topic;
    this.address = address;
    this.witness = witness;
    this.told = told;
    this.expected = witness.byBackend();
    for (DecodedConversation conversation : witness.conversations()) {
      conversation.traits().counts().forEach(seen::add);
      seen.add("rows", conversation.rows());
      for (Command command : conversation.commands()) {
        seen.add("command " + command.label(), 1);
      }
      for (DecodedResponse response : conversation.responses()) {
        seen.add("responses", 1);
        String code = response.code() == 0 ? "" : " " + response.code();
        seen.add("response " + response.type().label() + code, 1);
      }
    }
    seen.add("queries", seen.get("command query") + seen.get("command stmt_execute"));
  }

  Cell cell(String client, String trouble) {
    long commands =
        witness.conversations().stream().mapToLong(talk -> talk.commands().size()).sum();
    return new Cell(client, topic, seen.get("responses"), commands, "", trouble);
  }

  /** What is wrong once the kernel had time to settle; empty when nothing is. */
  String settledTrouble(KernelTap tap, WireSnapshot before) throws InterruptedException {
    String trouble = proofs() + application();
    long deadline = System.nanoTime() + SETTLE_NANOSECONDS;
    String kernel = kernel(before, tap.read());
    while (!kernel.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(20);
      kernel = kernel(before, tap.read());
    }
    return trouble + kernel;
  }

  private String proofs() {
    StringBuilder missing = new StringBuilder();
    for (String proof : topic.proofs()) {
      if (seen.get(proof) == 0) {
        missing.append("the witness saw no ").append(proof).append("; ");
      }
    }
    return missing.isEmpty() ? "" : missing + "it saw " + seen.counts();
  }

  /** Only what the application speaks of: it can't know of everything. */
  private String application() {
    Tally observed = witness.asObserved();
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, Long> count : told.counts().entrySet()) {
      String name = count.getKey();
      boolean plain = name.startsWith("command ") || name.equals("queries");
      long witnessed = plain ? seen.get(name) : observed.get(name);
      if (topic != Topic.TLS && witnessed != count.getValue()) {
        lines.append(
            "%n  application says %d, witness %d: %s".formatted(count.getValue(), witnessed, name));
      }
    }
    return lines.toString();
  }

  private String kernel(WireSnapshot before, WireSnapshot after) {
    Tally counts = KernelTap.counts(after, address);
    String trouble =
        switch (topic) {
          case TLS -> opaque(counts, before, after, OpaqueReason.TLS);
          case COMPRESSED -> opaque(counts, before, after, OpaqueReason.COMPRESSED);
          default -> expected.difference(counts) + unclassified(before, after);
        };
    Map<?, Long> lost = KernelTap.lost(before, after);
    return trouble + (lost.isEmpty() ? "" : "%n  lost %s".formatted(lost)) + stillOpen(after);
  }

  private static String unclassified(WireSnapshot before, WireSnapshot after) {
    StringBuilder lines = new StringBuilder();
    for (OpaqueReason reason : OpaqueReason.values()) {
      long more = KernelTap.unclassified(after, reason) - KernelTap.unclassified(before, reason);
      if (more != 0) {
        lines.append("%n  %d unclassified, %s".formatted(more, reason.label()));
      }
    }
    return lines.toString();
  }

  /** Bytes are known; of the rest, what is counted must be true, and the rest not classified. */
  private String opaque(
      Tally counts, WireSnapshot before, WireSnapshot after, OpaqueReason reason) {
    StringBuilder lines = new StringBuilder();
    long bytes = total(expected, "bytes") - total(counts, "bytes");
    long opened = total(expected, "connections opened") - total(counts, "connections opened");
    if (bytes != 0 || opened != 0) {
      lines.append("%n  %d bytes and %d connections missed".formatted(bytes, opened));
    }
    for (Map.Entry<String, Long> count : counts.counts().entrySet()) {
      String name = count.getKey();
      // A command in a compressed frame is seen, but not which one it is.
      boolean vague = name.endsWith("bytes") || name.endsWith("command other");
      if (!vague && count.getValue() > expected.get(name)) {
        lines.append(
            "%n  %d, but only %d: %s".formatted(count.getValue(), expected.get(name), name));
      }
    }
    long hidden = KernelTap.unclassified(after, reason) - KernelTap.unclassified(before, reason);
    if (hidden == 0) {
      lines.append("%n  nothing unclassified".formatted());
    }
    long readable = responses(counts);
    if (reason == OpaqueReason.COMPRESSED && readable + hidden != responses(expected)) {
      lines.append(
          "%n  %d classified and %d not, but there were %d"
              .formatted(readable, hidden, responses(expected)));
    }
    return lines.toString();
  }

  private static long responses(Tally tally) {
    return tally.counts().entrySet().stream()
        .filter(count -> count.getKey().contains(" response "))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long total(Tally tally, String what) {
    return tally.counts().entrySet().stream()
        .filter(count -> count.getKey().endsWith(" " + what))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private String stillOpen(WireSnapshot after) {
    long open = 0;
    long inFlight = 0;
    for (BackendCounters counters : KernelTap.only(after, address).backends()) {
      open += counters.connections();
      inFlight += counters.commandsInFlight();
    }
    return open + inFlight == 0
        ? ""
        : "%n  %d connections open, %d commands in flight".formatted(open, inFlight);
  }
}
