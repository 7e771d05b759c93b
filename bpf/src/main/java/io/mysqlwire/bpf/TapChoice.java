package io.mysqlwire.bpf;

import java.util.Locale;

/** Which tap watches responses: what the user asks for. */
public enum TapChoice {
  /** {@link #TRACING} where the host allows it, else {@link #CGROUP}. */
  AUTO,
  /** {@code tcp_sendmsg}, by BTF tracing. */
  TRACING,
  /** {@code cgroup_skb/egress}. */
  CGROUP;

  /** Value of {@code --tap} and of the label {@code tap}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
