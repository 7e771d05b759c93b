package io.mysqlwire.bpf;

/** The kernel does not load or attach the programs of a tap. */
final class KernelRefusal extends TapException {
  private static final long serialVersionUID = 1;
  private static final int EPERM = 1;
  private static final int EACCES = 13;

  private final String shortMessage;

  /** To be made right after the failure: it asks for libbpf's last complaint. */
  KernelRefusal(String operation, TapChoice tap, int errno) {
    super(message(operation, tap, errno));
    this.shortMessage = Native.errorText(errno);
  }

  /** The kernel's reason alone, e.g. {@code Operation not permitted}. */
  String shortMessage() {
    return shortMessage;
  }

  private static String message(String operation, TapChoice tap, int errno) {
    String complaint = Native.complaint().strip();
    return "the kernel refused to "
        + operation
        + " the programs of the "
        + tap.label()
        + " tap: "
        + Native.errorText(errno)
        + (complaint.isEmpty() ? "" : " (" + complaint + ")")
        + "; "
        + remedy(tap, errno);
  }

  private static String remedy(TapChoice tap, int errno) {
    if (!Capabilities.sufficient()) {
      return "missing " + Capabilities.missing() + ": run as root or with these capabilities";
    }
    if (tap == TapChoice.TRACING && (errno == EPERM || errno == EACCES)) {
      return "this kernel does not allow tracing programs (lockdown, or a restricted host):"
          + " use --tap=cgroup";
    }
    if (tap == TapChoice.TRACING) {
      return "use --tap=cgroup; 'mysql-wire-exporter check' says what is missing";
    }
    return "'mysql-wire-exporter check' says what this host allows";
  }
}
