package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get whose host refuses: message and exit status of the real process. Needs root. */
class RefusalIT {
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
  private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";

  private static Path directory = Path.of("");
  private static String classPath = "";

  @BeforeAll
  static void copyClassPath(@TempDir Path shared) throws IOException {
    directory = shared;
    classPath = ReadableClassPath.copyTo(directory);
  }

  @Test
  void shouldSayWhichPrivilegeIsMissing() throws Exception {
    Outcome outcome = run(NOBODY, "run", ANY_PORT);
    assertRefused(outcome);
    assertThat(outcome.err()).containsPattern("CAP_|root");
  }

  @Test
  void shouldSayWhichCapabilityRootIsMissing() throws Exception {
    Outcome outcome =
        run(
            List.of("setpriv", "--bounding-set=-bpf,-sys_admin,-perfmon", "--inh-caps=-all"),
            "run",
            ANY_PORT);
    assertRefused(outcome);
    assertThat(outcome.err()).contains("CAP_BPF");
  }

  @Test
  void shouldSayThatTracingIsRefused() throws Exception {
    Outcome outcome =
        run(
            List.of("setpriv", "--bounding-set=-perfmon,-sys_admin"),
            "run",
            ANY_PORT,
            "--tap=tracing");
    assertRefused(outcome);
    assertThat(outcome.err()).contains("tracing");
  }

  @Test
  void shouldSayThatThereIsNoCgroupV2() throws Exception {
    List<String> withoutCgroup2 =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "for m in $(findmnt -rnt cgroup2 -o TARGET); do umount -l $m; done; exec \"$@\"",
            "sh");
    Outcome outcome = run(withoutCgroup2, "run", ANY_PORT);
    assertRefused(outcome);
    assertThat(outcome.err())
        .startsWith("mysql-wire-exporter: no cgroup v2 hierarchy is mounted here")
        .contains("--cgroup.path");
  }

  @Test
  void shouldSayThatACgroupCannotBeRead() throws Exception {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Outcome outcome = run(NOBODY, "run", "--cgroup.path=" + closed);
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "mysql-wire-exporter: --cgroup.path: \""
                    + closed
                    + "\" can't be read: permission denied; run as root\n"));
  }

  /** One line, no stack trace, nothing on standard output. */
  private static void assertRefused(Outcome outcome) {
    assertThat(outcome.err()).startsWith("mysql-wire-exporter: ").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isEqualTo(1);
  }

  private static Outcome run(List<String> wrapper, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(ExporterProcess.command(classPath, arguments));
    return ExporterProcess.run(command, Map.of());
  }
}
