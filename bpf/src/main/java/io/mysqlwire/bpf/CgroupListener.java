package io.mysqlwire.bpf;

import java.nio.file.Path;

/** Hears what happens to a watched cgroup that goes and comes back. */
public interface CgroupListener {
  /** For those who don't care. */
  CgroupListener NONE =
      new CgroupListener() {
        @Override
        public void attachedAgain(Path cgroup) {}

        @Override
        public void attachRefused(Exception refusal) {}
      };

  /** It was removed and made anew, and is watched again. */
  void attachedAgain(Path cgroup);

  /** The kernel does not allow that; it is tried again, and told once. */
  void attachRefused(Exception refusal);
}
