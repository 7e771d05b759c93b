package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Taps;
import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.testing.RestartedService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code load} on a cgroup that was removed and made anew since it was loaded. */
class RestartedServiceIT {
  private static final int PORT = 23_309;

  private final Path cgroup = Taps.cgroup().resolve("restarted-" + ProcessHandle.current().pid());

  @Test
  void shouldGoOnCountingOnceLoadedAgain() throws Exception {
    try (RestartedService service = new RestartedService(cgroup, PORT);
        PinnedExporter exporter = PinnedExporter.inFreshDirectory()) {
      service.begin();
      exporter.mustLoad(PORT, "--cgroup.path=" + cgroup);
      try (RunningExporter serve = exporter.serve(List.of(), ExporterProcess.classPath(), 0)) {
        service.answer(5);
        service.end();
        assertThat(serve.get("/-/ready").statusCode()).isEqualTo(503);
        service.begin();
        assertThat(serve.get("/-/ready").body()).contains("run 'mysql-wire-exporter load' again");
        exporter.mustLoad(PORT, "--cgroup.path=" + cgroup);
        assertThat(serve.get("/-/ready").statusCode()).as("at once").isEqualTo(200);
        service.answer(13);
        String page = serve.get("/metrics").body();
        assertThat(page)
            .containsPattern("mysql_wire_responses_total\\{.*response_type=\"resultset\".*} 18\n")
            .contains("mysql_wire_cgroup_attachments_total 2.0\n");
        assertThat(serve.get("/-/ready").statusCode()).isEqualTo(200);
      }
    }
  }
}
