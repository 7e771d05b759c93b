package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is watched can go, as the cgroup of a service does with each restart. */
class WatchedCgroupIT {
  private final Path cgroup =
      CgroupDirectory.findRoot().orElseThrow().resolve("watched-" + ProcessHandle.current().pid());

  @AfterEach
  void removeCgroup() throws Exception {
    Files.deleteIfExists(cgroup);
  }

  @Test
  void shouldNotBeReadyWhileNothingCanBeCounted() throws Exception {
    Files.createDirectory(cgroup);
    try (RunningExporter exporter =
        RunningExporter.start("--tap=cgroup", "--cgroup.path=" + cgroup)) {
      assertThat(exporter.get("/-/ready").statusCode()).isEqualTo(200);
      Files.delete(cgroup);
      assertThat(exporter.get("/-/ready").body())
          .startsWith("the watched cgroup " + cgroup + " was removed, so nothing more is counted;");
      Files.createDirectory(cgroup);
      assertThat(exporter.get("/-/ready").statusCode()).isEqualTo(503);
      assertThat(exporter.get("/-/ready").body()).contains("was removed and made anew");
      assertThat(exporter.get("/-/healthy").statusCode()).as("it does live").isEqualTo(200);
    }
  }
}
