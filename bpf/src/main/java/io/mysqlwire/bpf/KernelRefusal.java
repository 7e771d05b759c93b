package io.mysqlwire.bpf;

import java.nio.file.Path;
import java.util.Optional;

/** The kernel does not load or attach the programs of a tap, or must not be asked to. */
final class KernelRefusal extends TapException {
  private static final long serialVersionUID = 1;
  private static final int EPERM = 1;
  private static final int EACCES = 13;
  private static final String OTHER_TAP =
      "use --tap=cgroup, which counts the same but cannot time fsync calls";

  private static final String OTHER_TAP_OR_FIX =
      OTHER_TAP + "; or say --kernel.accept-faults, where you know that the kernel has the fix";

  private final String reason;
  private final String remedy;

  private KernelRefusal(
      String operation, TapChoice tap, String reason, String complaint, String remedy) {
    super(
        "the kernel refused to "
            + operation
            + " the programs of the "
            + tap.label()
            + " tap: "
            + reason
            + (complaint.isEmpty() ? "" : " (" + complaint + ")")
            + "; "
            + remedy);
    this.reason = reason;
    this.remedy = remedy;
  }

  private KernelRefusal(TapChoice tap, String fault) {
    super("the " + tap.label() + " tap is not used: " + fault + "; " + OTHER_TAP_OR_FIX);
    this.reason = fault;
    this.remedy = OTHER_TAP_OR_FIX;
  }

  /** What a known fault of this kernel forbids, before anything is tried. */
  static KernelRefusal known(TapChoice tap, String fault) {
    return new KernelRefusal(tap, fault);
  }

  /** To be made right after the failure: it asks for libbpf's last complaint. */
  static KernelRefusal toLoad(TapChoice tap, int errno) {
    Optional<Long> locked = errno == EPERM ? LockedMemory.limit() : Optional.empty();
    if (Capabilities.sufficient() && locked.isPresent()) {
      return new KernelRefusal(
          "load",
          tap,
          "the limit on locked memory is " + (locked.get() >> 10) + " KiB, and the maps need more",
          "",
          "raise it: LimitMEMLOCK=infinity in a unit of systemd, 'ulimit -l unlimited' in a shell");
    }
    boolean forbidden = errno == EPERM || errno == EACCES;
    return new KernelRefusal(
        "load",
        tap,
        Native.errorText(errno),
        Native.complaint().strip(),
        tap == TapChoice.TRACING && forbidden && Capabilities.sufficient()
            ? "this kernel does not allow tracing programs (lockdown, or a restricted host): "
                + OTHER_TAP
            : remedy(tap));
  }

  /**
   * To be made right after the failure, too.
   *
   * @param hook an enum bpf_attach_type, or -1
   */
  static KernelRefusal toAttach(TapChoice tap, Path cgroup, int hook, int errno) {
    AttachRefusal refusal = AttachRefusal.of(cgroup, hook, errno);
    boolean explained = !refusal.remedy().isEmpty() && Capabilities.sufficient();
    return new KernelRefusal(
        "attach to " + cgroup,
        tap,
        refusal.reason(),
        explained ? "" : Native.complaint().strip(),
        explained ? refusal.remedy() : remedy(tap));
  }

  static KernelRefusal toPin(TapChoice tap, Path links, int errno) {
    return new KernelRefusal(
        "pin in " + links, tap, Native.errorText(errno), Native.complaint().strip(), remedy(tap));
  }

  /** Who or what is in the way, alone, e.g. {@code Operation not permitted}. */
  String reason() {
    return reason;
  }

  /** What to do about it. */
  String remedy() {
    return remedy;
  }

  private static String remedy(TapChoice tap) {
    if (!Capabilities.sufficient()) {
      return "missing " + Capabilities.missing() + ": run as root or with these capabilities";
    }
    return tap == TapChoice.TRACING ? OTHER_TAP : "needs kernel 5.10, CAP_BPF and CAP_NET_ADMIN";
  }
}
