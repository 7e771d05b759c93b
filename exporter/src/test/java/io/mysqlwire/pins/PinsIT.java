package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.bpf.Mount;
import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import io.mysqlwire.exporter.cli.ReadableClassPath;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code load}, {@code serve} and {@code unload} make of what is already there, or is not.
 * Needs root and bpftool.
 */
@Timeout(600)
class PinsIT {
  /** No server listens there. */
  private static final int MYSQL_PORT = 20_306;

  private final PinnedExporter exporter;
  private final Set<Integer> programsBefore;

  /** A test has an instance of its own. */
  PinsIT() throws Exception {
    exporter = PinnedExporter.inFreshDirectory();
    programsBefore = programs();
  }

  @AfterEach
  void end() throws Exception {
    exporter.close();
    Await.until("nothing of ours is in the kernel", () -> ours().isEmpty());
  }

  @Test
  void shouldGoOnWithTheMapsWhenLoadedAgain() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    int programs = ours().size();
    Object maps = identity("layout-2/maps/lost");
    Outcome again = exporter.load(MYSQL_PORT + 1, "--backend.ipv4-prefix=24", "--tap=auto");
    assertThat(again.status()).isZero();
    assertThat(again.err()).contains("the counters go on");
    assertThat(identity("layout-2/maps/lost")).isEqualTo(maps);
    Await.until("the programs of before are gone", () -> ours().size() == programs);
  }

  @Test
  void shouldRefuseWhatCannotChangeWhileCountersGoOn() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    Outcome outcome = exporter.load(MYSQL_PORT, "--backend.max=17");
    assertRefused(outcome, "--backend.max=17", "room for 4096 backends", "unload");
    assertRefused(
        exporter.load(
            MYSQL_PORT, PinnedExporter.TAP.equals("cgroup") ? "--tap=tracing" : "--tap=cgroup"),
        "the " + PinnedExporter.TAP + " tap runs",
        "unload");
    try (RunningExporter serve = serve()) {
      assertThat(serve.get("/-/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldSayThatNothingIsLoaded() throws Exception {
    assertRefused(refusedServe(), "nothing is loaded below " + exporter.pins(), "load");
  }

  @Test
  void shouldRefusePinsOfAnotherLayout() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    int programs = ours().size();
    Files.move(exporter.pins().resolve("layout-2"), exporter.pins().resolve("layout-99"));
    assertRefused(refusedServe(), "is layout-99, and this version reads layout-2", "load");

    Outcome loaded = exporter.load(MYSQL_PORT);
    assertThat(loaded.status()).isZero();
    assertThat(loaded.err()).contains("level=warn").contains("layout=layout-99");
    Await.until("those of the other layout are gone", () -> ours().size() == programs);
  }

  @Test
  void shouldRefuseMapsThatAreNotOurs() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    Path lost = exporter.pins().resolve("layout-2/maps/lost");
    Files.delete(lost);
    new ProcessBuilder(
            List.of(
                "bpftool",
                "map",
                "create",
                lost.toString(),
                "type",
                "array",
                "key",
                "4",
                "value",
                "12",
                "entries",
                "9",
                "name",
                "lost"))
        .inheritIO()
        .start()
        .waitFor();
    assertRefused(refusedServe(), "are not what this version loads", "unload");
  }

  @Test
  void shouldNotBeReadyOnceTheWatchedCgroupIsGone() throws Exception {
    Path root =
        Mount.all().stream()
            .filter(mount -> mount.type().equals("cgroup2"))
            .findFirst()
            .orElseThrow()
            .place();
    Path cgroup = root.resolve("pinned-" + ProcessHandle.current().pid());
    Files.createDirectory(cgroup);
    try {
      exporter.mustLoad(MYSQL_PORT, "--cgroup.path=" + cgroup);
      try (RunningExporter serve = serve()) {
        assertThat(serve.get("/-/ready").statusCode()).isEqualTo(200);
        Files.delete(cgroup);
        assertThat(serve.get("/-/ready").body()).startsWith("the watched cgroup " + cgroup);
      }
      // Whoever starts after it has gone can't know its path any more.
      try (RunningExporter serve = serve()) {
        assertThat(serve.get("/-/ready").statusCode()).isEqualTo(503);
        assertThat(serve.get("/-/ready").body())
            .matches("the watched cgroup of inode \\d+ was.*\n");
      }
    } finally {
      Files.deleteIfExists(cgroup);
    }
  }

  @Test
  void shouldTidyUpAfterALoadThatWasKilled() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    int programs = ours().size();
    Files.move(exporter.pins().resolve("layout-2"), exporter.pins().resolve("loading-4194305"));
    exporter.mustLoad(MYSQL_PORT);
    assertThat(exporter.pins().resolve("loading-4194305")).doesNotExist();
    Await.until("those of the other load are gone", () -> ours().size() == programs);
  }

  @Test
  void shouldFollowAnUnloadAndALoad() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    try (RunningExporter serve = serve()) {
      assertThat(serve.get("/metrics").body()).contains("mysql_wire_tap_info");
      assertThat(exporter.unload().status()).isZero();
      assertThat(serve.get("/-/ready").statusCode()).isEqualTo(503);
      assertThat(serve.get("/-/healthy").statusCode()).isEqualTo(200);
      assertThat(serve.get("/metrics").statusCode()).isEqualTo(500);
      exporter.mustLoad(MYSQL_PORT);
      assertThat(serve.get("/-/ready").statusCode()).isEqualTo(200);
      assertThat(serve.get("/metrics").body()).contains("mysql_wire_tap_info");
    }
  }

  @Test
  void shouldUnloadWhatIsNotLoaded() throws Exception {
    Outcome outcome = exporter.unload();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).contains("nothing was loaded");
  }

  @Test
  void shouldLeaveTheFileSystemToWhoElseUsesIt() throws Exception {
    exporter.mustLoad(MYSQL_PORT);
    Path other = Files.createDirectory(exporter.pins().resolve("other"));
    assertThat(exporter.unload().status()).isZero();
    assertThat(other).exists();
    Files.delete(other);
  }

  @Test
  void shouldLetOnlyAGroupRead(@TempDir Path shared) throws Exception {
    String classPath = ReadableClassPath.copyTo(shared);
    assertRefused(exporter.load(MYSQL_PORT, "--bpf.pin-group=no-such-group"), "no-such-group");
    exporter.mustLoad(MYSQL_PORT, "--bpf.pin-group=65534");
    try (RunningExporter serve = exporter.serve(user(65_533, 65_534), classPath, 0)) {
      assertThat(serve.get("/metrics").statusCode()).isEqualTo(200);
    }
    assertRefused(
        exporter.refusedServe(user(65_533, 65_533), classPath), "not for this user to read");
  }

  @Test
  void shouldSayThatLoadingNeedsPrivileges(@TempDir Path shared) throws Exception {
    String classPath = ReadableClassPath.copyTo(shared);
    assertRefused(
        exporter.run(user(65_534, 65_534), classPath, "load", "--mysql.port=" + MYSQL_PORT),
        "run as root");
  }

  private static List<String> user(int user, int group) {
    return List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
  }

  private RunningExporter serve() throws Exception {
    return exporter.serve(List.of(), ExporterProcess.classPath(), 0);
  }

  private Outcome refusedServe() throws Exception {
    return exporter.refusedServe(List.of(), ExporterProcess.classPath());
  }

  /** One line, no stack trace. */
  private static void assertRefused(Outcome outcome, String... words) {
    assertThat(outcome.err()).startsWith("mysql-wire-exporter: ").hasLineCount(1).contains(words);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isEqualTo(1);
  }

  private Object identity(String pin) throws IOException {
    return Files.getAttribute(exporter.pins().resolve(pin), "unix:ino");
  }

  /** Programs that have come since the test began. */
  private Set<Integer> ours() throws IOException, InterruptedException {
    Set<Integer> programs = programs();
    programs.removeAll(programsBefore);
    return programs;
  }

  private static Set<Integer> programs() throws IOException, InterruptedException {
    Process bpftool = new ProcessBuilder("bpftool", "--json", "prog", "show").start();
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode program : new ObjectMapper().readTree(bpftool.getInputStream())) {
      if (Stream.of("command_", "response_", "connection_", "fsync_", "fdatasync_")
          .anyMatch(program.path("name").asText()::startsWith)) {
        ids.add(program.path("id").asInt());
      }
    }
    assertThat(bpftool.waitFor()).isZero();
    return ids;
  }
}
