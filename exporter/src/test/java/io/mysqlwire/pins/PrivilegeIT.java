package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Witness;
import io.mysqlwire.exporter.cli.ReadableClassPath;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code serve} as a user without any capability counts exactly, and that user can neither change
 * what is counted nor see anything else. Needs root, bpftool, python3, and a kernel from 5.19 on.
 */
@Timeout(600)
class PrivilegeIT {
  private static final List<String> NOBODY =
      List.of(
          "setpriv",
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          "--bounding-set=-all",
          "--inh-caps=-all",
          "--no-new-privs");

  @Test
  void shouldServeExactlyAndNoMore(@TempDir Path shared) throws Exception {
    String classPath = ReadableClassPath.copyTo(shared);
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of());
        PinnedExporter exporter = PinnedExporter.inFreshDirectory();
        Recording recording = Recording.open()) {
      exporter.mustLoad(server.port());
      ConstantLoad load = new ConstantLoad(server);
      load.createSchema();
      load.once();
      try (RunningExporter serve = exporter.serve(NOBODY, classPath, 0)) {
        assertThat(capabilities(serve.pid()))
            .isNotEmpty()
            .allMatch(line -> line.matches(".*\t0{16}"));
        shouldHaveCounted(serve, new Witness(recording).byBackend());
        load.once();
        shouldHaveCounted(serve, new Witness(recording).byBackend());
      }
      Path foreign = exporter.pins().resolve("foreign");
      createMap(foreign);
      try {
        Path script = shared.resolve("bpf_rights.py");
        copyScript(script);
        Path layout = onlyLayout(exporter.pins());
        shouldBeKeptOut(attempt(NOBODY, script, layout, foreign));
        shouldBeLetIn(attempt(List.of(), script, layout, foreign));
      } finally {
        Files.delete(foreign);
      }
    }
  }

  private static void shouldHaveCounted(RunningExporter serve, Tally witnessed) throws Exception {
    ExportedCounts.Source page =
        metric -> MetricsText.samples(serve.get("/metrics").body(), metric);
    try {
      Await.until(
          "the last answer is counted",
          () -> witnessed.difference(ExportedCounts.of(page)).isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError(
          "clients, page, difference" + witnessed.difference(ExportedCounts.of(page)), e);
    }
    System.out.printf(
        "Linux %s, %s tap: %d responses served by a user without capabilities, difference 0%n",
        System.getProperty("os.version"),
        PinnedExporter.TAP,
        witnessed.matching(name -> name.contains(" response ")).total());
  }

  private static List<String> capabilities(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
        .filter(line -> line.startsWith("Cap"))
        .toList();
  }

  private static void shouldBeKeptOut(Map<String, String> rights) {
    assertThat(rights.get("read a counter")).isEqualTo("ok");
    assertThat(rights)
        .containsEntry("open a counter to write", "EACCES")
        .containsEntry("write through a read-only descriptor", "EPERM")
        .containsEntry("open what is kept of connections", "EACCES")
        .containsEntry("open a link", "EACCES")
        .containsEntry("open a foreign pin", "EACCES")
        .containsEntry("create a map", "EPERM")
        .containsEntry("load a program", "EPERM")
        .containsEntry("make a directory beside the pins", "EACCES");
  }

  /** Otherwise the attempts above may have failed for some other reason. */
  private static void shouldBeLetIn(Map<String, String> rights) {
    assertThat(rights.get("write through a read-only descriptor")).isEqualTo("EPERM");
    rights.remove("write through a read-only descriptor");
    assertThat(rights)
        .hasSize(8)
        .allSatisfy((attempt, result) -> assertThat(result).isEqualTo("ok"));
  }

  private static Map<String, String> attempt(
      List<String> wrapper, Path script, Path layout, Path foreign) throws Exception {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of("/usr/bin/python3", script.toString(), layout.toString(), foreign.toString()));
    Map<String, String> rights = new LinkedHashMap<>();
    for (String line : run(command).split("\n", -1)) {
      String[] halves = line.split(": ", 2);
      if (halves.length == 2) {
        rights.put(halves[0], halves[1]);
      }
    }
    return rights;
  }

  private static void copyScript(Path script) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PrivilegeIT.class.getResourceAsStream("bpf_rights.py"))) {
      Files.copy(in, script);
    }
  }

  private static Path onlyLayout(Path pins) throws IOException {
    try (var entries = Files.list(pins)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("layout-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void createMap(Path pin) throws Exception {
    run(
        List.of(
            "bpftool",
            "map",
            "create",
            pin.toString(),
            "type",
            "array",
            "key",
            "4",
            "value",
            "8",
            "entries",
            "1",
            "name",
            "foreign"));
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + ": " + said).isZero();
    return said;
  }
}
