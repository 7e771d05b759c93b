package io.mysqlwire.bpf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host allows.
 *
 * @param facts the lines of {@code check}
 * @param tap which tap would be used; null when none can
 * @param reason why that one, or why none
 */
public record HostReport(List<HostFact> facts, @Nullable TapChoice tap, String reason) {
  public HostReport {
    facts = List.copyOf(facts);
  }
}
