package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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

  /** A copy that every user may read; the checkout may be in root's home. */
  private static Path directory = Path.of("");

  /** Jars past this are database servers of other tests. */
  private static final long LARGE_JAR_BYTES = 8 << 20;

  private static String classPath = "";

  @BeforeAll
  static void copyClassPath(@TempDir Path shared) throws IOException {
    directory = shared;
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> copies = new ArrayList<>();
    for (String entry : ExporterProcess.classPath().split(File.pathSeparator, -1)) {
      Path source = Path.of(entry);
      if (Files.exists(source) && Files.size(source) < LARGE_JAR_BYTES) {
        Path copy = directory.resolve(copies.size() + "-" + source.getFileName());
        copyTree(source, copy);
        copies.add(copy.toString());
      }
    }
    classPath = String.join(File.pathSeparator, copies);
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

  private static void copyTree(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to(path));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(path, to(path));
            return FileVisitResult.CONTINUE;
          }

          private Path to(Path path) {
            return path.equals(source)
                ? target
                : target.resolve(source.relativize(path).toString());
          }
        });
  }
}
