package io.mysqlwire.bpf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A place in the network stack that programs of a cgroup are run at. */
enum CgroupHook {
  INGRESS(0, "cgroup_skb/ingress"),
  EGRESS(1, "cgroup_skb/egress"),
  SOCK_OPS(3, "sockops"),
  SOCK_RELEASE(34, "cgroup/sock_release");

  /** Most programs that a cgroup has at one hook: BPF_CGROUP_MAX_PROGS. */
  static final int MAX_PROGRAMS = 64;

  /** Flags of include/uapi/linux/bpf.h: others may be attached below, or beside and below. */
  private static final int ALLOW_OVERRIDE = 1;

  private static final int ALLOW_MULTI = 2;

  /** enum bpf_attach_type. */
  private final int type;

  private final String label;

  CgroupHook(int type, String label) {
    this.type = type;
    this.label = label;
  }

  /** The hook with this number in enum bpf_attach_type; empty when it is no hook of a cgroup. */
  static Optional<CgroupHook> of(int type) {
    return Arrays.stream(values()).filter(hook -> hook.type == type).findFirst();
  }

  /** As in the names of programs' sections, e.g. {@code cgroup_skb/egress}. */
  String label() {
    return label;
  }

  /**
   * The program that lets no other be attached to {@code cgroup}, in words; empty when there is
   * none, or it can't be seen. It may be attached to a cgroup above: hierarchy_allows_attach() of
   * kernel/bpf/cgroup.c.
   */
  Optional<String> exclusiveProgram(Path cgroup) {
    int[] programs = new int[1 + MAX_PROGRAMS];
    Path place = cgroup.toAbsolutePath().normalize();
    for (Path at = place; at != null && isCgroup(at); at = at.getParent()) {
      int n = attached(at, type, programs);
      boolean own = at.equals(place);
      if (n > 0 && (programs[0] & ALLOW_MULTI) == 0) {
        return own || (programs[0] & ALLOW_OVERRIDE) == 0
            ? Optional.of(describe(programs[1], at, own))
            : Optional.empty();
      }
      if (!own && n > 0) {
        return Optional.empty(); // it allows others, whatever is above
      }
    }
    return Optional.empty();
  }

  /** Static, for Error Prone minds native calls with fields of what has a finalizer, as enums. */
  private static int attached(Path cgroup, int type, int[] flagsAndIds) {
    return Native.attached(cgroup.toString(), type, flagsAndIds);
  }

  private String describe(int id, Path at, boolean own) {
    String name = Native.programName(id);
    return "program "
        + (name.isEmpty() ? "" : name + " ")
        + "(id "
        + id
        + ") is attached to "
        + at
        + " at "
        + label
        + " and allows no other beside it"
        + (own ? "" : " or below");
  }

  private static boolean isCgroup(Path directory) {
    return Files.exists(directory.resolve("cgroup.controllers"));
  }
}
