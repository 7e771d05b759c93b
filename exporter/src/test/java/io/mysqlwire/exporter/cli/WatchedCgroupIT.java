package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.RestartedService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is watched can go, as the cgroup of a service does with each restart. */
class WatchedCgroupIT {
  private static final int PORT = 23_308;

  private final Path cgroup =
      CgroupDirectory.findRoot().orElseThrow().resolve("watched-" + ProcessHandle.current().pid());

  @Test
  void shouldGoOnCountingWhenTheServiceIsRestarted() throws Exception {
    try (RestartedService service = new RestartedService(cgroup, PORT)) {
      service.begin();
      try (RunningExporter exporter =
          RunningExporter.start(
              "--tap=cgroup", "--cgroup.path=" + cgroup, "--mysql.port=" + PORT)) {
        service.answer(7);
        assertThat(exporter.get("/-/ready").statusCode()).isEqualTo(200);
        service.end();
        assertThat(exporter.get("/-/ready").body())
            .startsWith(
                "the watched cgroup " + cgroup + " was removed, so nothing more is counted;");
        assertThat(exporter.get("/-/ready").statusCode()).isEqualTo(503);
        assertThat(exporter.get("/-/healthy").statusCode()).as("it does live").isEqualTo(200);
        service.begin();
        Await.until("watched again", () -> exporter.get("/-/ready").statusCode() == 200);
        service.answer(11);
        assertThat(exporter.metrics())
            .containsPattern("mysql_wire_responses_total\\{.*response_type=\"resultset\".*} 18\n")
            .contains("mysql_wire_cgroup_attachments_total 2.0\n");
        assertThat(exporter.log().split("attached again", -1)).as("one line").hasSize(2);
      }
    }
  }
}
