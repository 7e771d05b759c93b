package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However {@code run} ends, the kernel keeps no program and no map of it. Needs root and bpftool.
 */
class LeavesNothingBehindIT {
  private static final Set<String> PROGRAMS =
      Set.of(
          "command_arrives",
          "response_leaves",
          "response_sent",
          "response_sent_2",
          "response_sent_3",
          "response_sent_4",
          "connection_closes");
  private static final int PATIENCE_SECONDS = 20;

  @ParameterizedTest
  @CsvSource({"TERM, 0", "INT, 0", "KILL, 137"})
  void shouldLeaveNoProgramAndNoMap(String signal, int expectedStatus) throws Exception {
    Set<Integer> programsBefore = programs();
    Set<Integer> mapsBefore = maps(programsBefore);
    Process exporter = start();
    try {
      awaitListening(exporter);
      Set<Integer> programs = programs();
      programs.removeAll(programsBefore);
      Set<Integer> maps = maps(programs);
      maps.removeAll(mapsBefore);
      assertThat(programs).as("while it runs").hasSize(3);
      assertThat(maps).as("while it runs").hasSizeGreaterThan(5);

      new ProcessBuilder("kill", "-" + signal, String.valueOf(exporter.pid())).start().waitFor();
      assertThat(exporter.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(exporter.exitValue()).isEqualTo(expectedStatus);
      awaitGone("prog", programs);
      awaitGone("map", maps);
    } finally {
      exporter.destroyForcibly();
    }
  }

  /** A shell's background job ignores SIGINT, and so would its children: env undoes that. */
  private static Process start() throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(
        ExporterProcess.command(
            ExporterProcess.classPath(), "run", "--web.listen-address=127.0.0.1:0"));
    return new ProcessBuilder(command).start();
  }

  private static void awaitListening(Process exporter) throws IOException {
    BufferedReader log = exporter.errorReader();
    String line = log.readLine();
    while (line != null && !line.contains("address=127.0.0.1:")) {
      line = log.readLine();
    }
    assertThat(line).as("the line that names the port").isNotNull();
  }

  private static Set<Integer> programs() throws IOException, InterruptedException {
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode program : list("prog")) {
      if (PROGRAMS.contains(program.path("name").asText())) {
        ids.add(program.path("id").asInt());
      }
    }
    return ids;
  }

  /** Ids of the maps that these programs use. */
  private static Set<Integer> maps(Set<Integer> programs) throws IOException, InterruptedException {
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode program : list("prog")) {
      if (programs.contains(program.path("id").asInt())) {
        program.path("map_ids").forEach(id -> ids.add(id.asInt()));
      }
    }
    return ids;
  }

  /** The kernel frees both after a grace period. */
  private static void awaitGone(String kind, Set<Integer> ids)
      throws IOException, InterruptedException {
    Set<Integer> left = new TreeSet<>(ids);
    for (int i = 0; i < PATIENCE_SECONDS * 10 && !left.isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      Set<Integer> present = new TreeSet<>();
      list(kind).forEach(entry -> present.add(entry.path("id").asInt()));
      left.retainAll(present);
    }
    assertThat(left).as("%s ids left behind", kind).isEmpty();
  }

  private static JsonNode list(String kind) throws IOException, InterruptedException {
    Process bpftool = new ProcessBuilder("bpftool", "--json", kind, "show").start();
    JsonNode list = new ObjectMapper().readTree(bpftool.getInputStream());
    assertThat(bpftool.waitFor()).as("bpftool %s show", kind).isZero();
    return list;
  }
}
