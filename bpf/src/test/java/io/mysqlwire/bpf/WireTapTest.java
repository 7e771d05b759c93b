package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTapTest {
  private static TapConfig config(Path cgroup) {
    return new TapConfig(
        WatchedPorts.of(3306), TapChoice.CGROUP, cgroup, 32, 128, true, false, 16, 16, 16);
  }

  @Test
  void shouldNameTheCgroupThatDoesNotExist(@TempDir Path directory) {
    assertThatThrownBy(() -> WireTap.attach(config(directory.resolve("gone"))))
        .isInstanceOf(TapException.class)
        .hasMessageContaining(directory.resolve("gone") + " does not exist")
        .hasMessageContaining("name a directory of the cgroup v2 hierarchy");
  }

  @Test
  void shouldRefuseADirectoryOutsideTheHierarchy(@TempDir Path directory) {
    assertThatThrownBy(() -> WireTap.attach(config(directory)))
        .isInstanceOf(TapException.class)
        .hasMessageContaining(directory + " is not in a cgroup v2 hierarchy")
        .hasMessageContaining("mount -t cgroup2");
  }

  @Test
  void shouldReportAHostWithoutCgroup2AsUnfit(@TempDir Path directory) {
    HostReport report = HostCheck.run(config(directory));
    assertThat(report.tap()).isNull();
    assertThat(report.facts())
        .anySatisfy(
            fact -> {
              assertThat(fact.subject()).isEqualTo("cgroup v2");
              assertThat(fact.status()).isEqualTo(HostFact.Status.FAIL);
              assertThat(fact.remedy()).contains("--cgroup.path");
            });
  }

  @Test
  void shouldRefuseMorePortsThanTheProgramsCompare() {
    List<Integer> ports = java.util.Collections.nCopies(17, 3306);
    assertThatThrownBy(() -> new WatchedPorts(ports, false))
        .hasMessage("ports must be 1 to 16, were 17");
  }
}
