package io.mysqlwire.bpf;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Why the kernel attaches no program.
 *
 * @param reason who or what is in the way
 * @param remedy what to do about it; empty when nothing is known
 */
record AttachRefusal(String reason, String remedy) {
  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int E2BIG = 7;
  private static final int EBADF = 9;
  private static final int EBUSY = 16;

  /** Finds it out, right after the failure. {@code hook} is an enum bpf_attach_type, or -1. */
  static AttachRefusal of(Path cgroup, int hook, int errno) {
    Optional<CgroupHook> place = CgroupHook.of(hook);
    if (errno == ENOENT) {
      return new AttachRefusal(
          "the cgroup " + cgroup + " is not there any more", "name one that is, and stays");
    }
    if (errno == EBADF) {
      return new AttachRefusal(
          cgroup + " is not a directory of the cgroup v2 hierarchy",
          "name one ('findmnt -t cgroup2' finds its root)");
    }
    return place.isPresent() ? atCgroup(cgroup, place.get(), errno) : tracing(errno);
  }

  private static AttachRefusal atCgroup(Path cgroup, CgroupHook hook, int errno) {
    String look = "'bpftool cgroup show " + cgroup + "' lists them";
    if (errno == E2BIG) {
      return new AttachRefusal(
          CgroupHook.MAX_PROGRAMS
              + " programs are attached to "
              + cgroup
              + " at "
              + hook.label()
              + ", and the kernel allows no more",
          look + ": detach one, or watch a cgroup below with --cgroup.path");
    }
    if (errno == EPERM) {
      return hook.exclusiveProgram(cgroup)
          .map(
              program ->
                  new AttachRefusal(
                      program,
                      "whoever attached it has to allow others (BPF_F_ALLOW_MULTI) or to detach"
                          + " it"))
          .orElseGet(
              () ->
                  new AttachRefusal(
                      Native.errorText(errno) + " at " + hook.label(),
                      "a program of a cgroup above that can't be seen from here may allow no"
                          + " other: look on the host with 'bpftool cgroup tree'"));
    }
    return new AttachRefusal(Native.errorText(errno) + " at " + hook.label(), "");
  }

  private static AttachRefusal tracing(int errno) {
    String others = "'bpftool link show' lists who traces";
    return switch (errno) {
      case EBUSY ->
          new AttachRefusal(
              "another tracer or a live patch holds the kernel's function for itself",
              others + "; or use --tap=cgroup");
      case E2BIG ->
          new AttachRefusal(
              "as many programs trace the kernel's function as it allows",
              others + "; or use --tap=cgroup");
      default -> new AttachRefusal(Native.errorText(errno), "");
    };
  }
}
