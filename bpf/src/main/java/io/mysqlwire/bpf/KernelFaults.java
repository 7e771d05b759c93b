package io.mysqlwire.bpf;

import io.mysqlwire.bpf.KernelFault.Stops;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The faults of kernels that must not be set off: {@code kernel-faults.tsv}. */
final class KernelFaults {
  private static final String RESOURCE = "kernel-faults.tsv";
  private static final List<KernelFault> ALL = read();

  private KernelFaults() {}

  static List<KernelFault> all() {
    return ALL;
  }

  /** Why something must not be used on this host, in one sentence; empty when it may. */
  static Optional<String> forbidding(Stops what) {
    return forbidding(what, KernelVersion.ofThisHost());
  }

  /** The same on a host with that kernel; one whose version can't be told may have any fault. */
  static Optional<String> forbidding(Stops what, Optional<KernelVersion> kernel) {
    return ALL.stream()
        .filter(fault -> fault.stops() == what)
        .filter(fault -> kernel.isEmpty() || fault.mayBeIn(kernel.get()))
        .findFirst()
        .map(fault -> sentence(fault, kernel));
  }

  private static String sentence(KernelFault fault, Optional<KernelVersion> kernel) {
    String found =
        kernel
            .map(version -> "kernel " + version + (version.mixed() ? " with later parts" : ""))
            .orElse("this kernel, whose version can't be told,");
    return "in " + found + " may be a fault: " + fault.sentence();
  }

  private static List<KernelFault> read() {
    try (InputStream in = KernelFaults.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(KernelFault::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }
}
