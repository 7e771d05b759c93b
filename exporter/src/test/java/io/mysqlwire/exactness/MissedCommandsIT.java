package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program that reads commands is away for a while, and comes back in the middle of connections.
 * No answer is missed by that.
 */
class MissedCommandsIT {
  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");
  private static final Client CLIENT = new Client(Driver.MARIADB, "127.0.0.2", "checkout", "");
  private static final String PROGRAM = "command_arrives";

  /** Answers in step after which the kernel is sure again what it answers: MYSQL_IN_STEP. */
  private static final int IN_STEP = 8;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldCountAnswersToCommandsThatItMissed(ServerKind kind) throws Exception {
    Set<Integer> others = programs();
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of());
        Taps taps = Taps.attach(server.port());
        Recording recording = Recording.open()) {
      Set<Integer> program = programs();
      program.removeAll(others);
      assertThat(program).as("programs of this test").hasSameSizeAs(taps.all());
      Schema.create(server, ROOT, List.of(CLIENT));
      try (Connection connection = CLIENT.connect(server, "shop")) {
        talk(connection, 3);
        try (HostChanges changes = new HostChanges()) {
          detach(program);
          talk(connection, 7);
          reattach(program, changes);
          talk(connection, 2);
          assertThat(desynced(taps)).as("while commands and answers may not fit").isEqualTo(1);
          talk(connection, IN_STEP);
          assertThat(desynced(taps)).as("in step again").isZero();
        }
      }
      taps.shouldHaveCountedEveryAnswer(new Witness(recording).byBackend());
      assertThat(taps.all())
          .allSatisfy(
              tap -> assertThat(tap.read().lost().get(LostReason.COMMAND_GAP)).isPositive());
    }
  }

  private static void talk(Connection connection, int rounds) throws SQLException {
    Observations ignored = new Observations();
    for (int i = 0; i < rounds; i++) {
      ignored.run(connection, "SET @round = " + i);
      ignored.run(connection, "SELECT id, name FROM item WHERE id < " + i);
      ignored.run(connection, "SELECT 1 FROM missing");
    }
  }

  private static long desynced(Taps taps) {
    return taps.all().stream()
        .flatMap(tap -> tap.read().opaque().stream())
        .filter(opaque -> opaque.reason().label().equals("desynced"))
        .mapToLong(opaque -> opaque.connections())
        .max()
        .orElse(0);
  }

  /** Ids of the programs of that name, whoever loaded them. */
  private static Set<Integer> programs() throws IOException {
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode program : list("prog")) {
      if (program.path("name").asText().equals(PROGRAM)) {
        ids.add(program.path("id").asInt());
      }
    }
    return ids;
  }

  private static void detach(Set<Integer> programs) throws IOException {
    for (JsonNode link : list("link")) {
      if (programs.contains(link.path("prog_id").asInt())) {
        HostChanges.run(List.of("bpftool", "link", "detach", "id", link.path("id").asText()));
      }
    }
  }

  private static void reattach(Set<Integer> programs, HostChanges changes) throws IOException {
    String cgroup = Taps.cgroup().toString();
    for (Integer id : programs) {
      String program = id.toString();
      changes.make(
          List.of("bpftool", "cgroup", "attach", cgroup, "ingress", "id", program, "multi"),
          List.of("bpftool", "cgroup", "detach", cgroup, "ingress", "id", program));
    }
  }

  private static JsonNode list(String kind) throws IOException {
    return new ObjectMapper().readTree(HostChanges.run(List.of("bpftool", "-j", kind, "show")));
  }
}
