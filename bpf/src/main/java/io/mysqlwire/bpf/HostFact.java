package io.mysqlwire.bpf;

/**
 * One line of {@code check}.
 *
 * @param subject what was looked at, e.g. {@code kernel BTF}
 * @param status whether it helps
 * @param found what was found, e.g. {@code /sys/kernel/btf/vmlinux}
 * @param remedy what to do when it does not help; empty otherwise
 */
public record HostFact(String subject, Status status, String found, String remedy) {
  /** Whether a fact stands in the way. */
  public enum Status {
    /** As needed. */
    OK,
    /** Worth knowing, in nobody's way. */
    INFO,
    /** One tap can't be used because of it, or a server can't be seen. */
    LIMIT,
    /** No tap can be used because of it. */
    FAIL
  }
}
