package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.HostFact;
import io.mysqlwire.bpf.HostFact.Status;
import io.mysqlwire.bpf.HostReport;
import io.mysqlwire.bpf.TapChoice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckCommandTest {
  @Test
  void shouldAlignFactsAndIndentRemedies() {
    HostReport report =
        new HostReport(
            List.of(
                new HostFact("kernel BTF", Status.OK, "/sys/kernel/btf/vmlinux", ""),
                new HostFact("tracing", Status.LIMIT, "refused: EPERM", "allow it")),
            TapChoice.CGROUP,
            "tracing refused: EPERM");
    assertThat(print(report))
        .isEqualTo(
            """
            ok     kernel BTF  /sys/kernel/btf/vmlinux
            limit  tracing     refused: EPERM
                               -> allow it
            tap: cgroup (tracing refused: EPERM)
            """);
  }

  @Test
  void shouldSayThatNoTapCanBeUsed() {
    assertThat(print(new HostReport(List.of(), null, "no privilege")))
        .isEqualTo("tap: none (no privilege)\n");
  }

  private static String print(HostReport report) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckCommand.print(report, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
