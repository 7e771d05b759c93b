package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupDirectoryTest {
  private static final String V1 = "32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu";

  private final FlagChecks checks = new FlagChecks(flag -> flag, List.of());

  @Test
  void shouldFindTheRootOfAPureHierarchy() {
    assertThat(
            CgroupDirectory.findRoot(
                List.of("30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw")))
        .contains(Path.of("/sys/fs/cgroup"));
  }

  @Test
  void shouldFindTheRootBesideV1Hierarchies() {
    assertThat(
            CgroupDirectory.findRoot(
                List.of(V1, "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 none rw")))
        .contains(Path.of("/sys/fs/cgroup/unified"));
  }

  @Test
  void shouldReadPathsAsTheKernelEscapesThem() {
    assertThat(CgroupDirectory.findRoot(List.of("41 31 0:38 / /mnt/a\\040b rw - cgroup2 none rw")))
        .contains(Path.of("/mnt/a b"));
  }

  @Test
  void shouldFindNoneWhereThereIsNone() {
    assertThat(CgroupDirectory.findRoot(List.of(V1))).isEmpty();
  }

  @Test
  void shouldSayWhatIsWrongWithADirectory(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    CgroupDirectory.check(checks, "--cgroup.path", directory.resolve("none"));
    CgroupDirectory.check(checks, "--cgroup.path", file);
    CgroupDirectory.check(checks, "--cgroup.path", directory);
    String remedy =
        "; give a directory of the cgroup v2 hierarchy (findmnt -t cgroup2 finds its root)";
    assertThat(checks.problems())
        .containsExactly(
            "--cgroup.path: \"" + directory.resolve("none") + "\" does not exist" + remedy,
            "--cgroup.path: \"" + file + "\" is not a directory" + remedy,
            "--cgroup.path: \"" + directory + "\" is not in the cgroup v2 hierarchy" + remedy);
  }
}
