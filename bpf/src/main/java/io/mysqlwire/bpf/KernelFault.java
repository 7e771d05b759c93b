package io.mysqlwire.bpf;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault of some kernels that programs like those here can set off.
 *
 * @param stops what must not be used there
 * @param since the first kernel with the fault
 * @param fixed the first without it in each repaired series, ascending; the last is that of all
 *     later series
 * @param symptom what happens
 * @param source where its fix is
 */
record KernelFault(
    Stops stops, KernelVersion since, List<KernelVersion> fixed, String symptom, String source) {
  /** What a fault forbids. */
  enum Stops {
    /** Probes on functions of a server's binary. */
    PROBES,
    /** The tracing tap. */
    TRACING
  }

  KernelFault {
    fixed = List.copyOf(fixed);
  }

  /** Reads a line of {@code kernel-faults.tsv}. */
  static KernelFault parse(String line) {
    String[] fields = line.split("\t", -1);
    return new KernelFault(
        Stops.valueOf(fields[0].toUpperCase(Locale.ROOT)),
        KernelVersion.of(fields[1]),
        Stream.of(fields[2].split(" ", -1)).map(KernelVersion::of).toList(),
        fields[3],
        fields[4]);
  }

  /**
   * Whether that kernel may have it. In doubt it has: what an enterprise kernel took over from
   * later ones may hold the fault, and need not hold its fix.
   */
  boolean mayBeIn(KernelVersion kernel) {
    KernelVersion everywhere = fixed.get(fixed.size() - 1);
    boolean arrived = kernel.mixed() || kernel.compareTo(since) >= 0 || kernel.isOfSeries(since);
    boolean repaired =
        kernel.compareTo(everywhere) >= 0
            || fixed.stream().anyMatch(fix -> kernel.isOfSeries(fix) && kernel.compareTo(fix) >= 0);
    return arrived && !repaired;
  }

  /** In one sentence, with the kernels that do not have it. */
  String sentence() {
    return symptom
        + "; repaired in "
        + fixed.stream().map(KernelVersion::toString).collect(Collectors.joining(", "))
        + " and later ("
        + source
        + ")";
  }
}
