package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.ConversationRecorder;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RecordedConnection;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Makes the corpus that the tests of the kernel's state machine replay on the host: one
 * conversation for each feature, server and driver, in {@code mysqlwire.corpus} or {@code
 * target/corpus}.
 */
class CorpusIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("mysqlwire.corpus", "target/corpus"));
  private static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");

  static Stream<ServerKind> servers() {
    return ServerKind.available().stream();
  }

  private static List<Client> clients(ServerKind kind) {
    List<Client> clients = new ArrayList<>();
    clients.add(new Client(Driver.MARIADB, "127.0.0.2", "checkout", ""));
    if (kind == ServerKind.MYSQL_8_0) {
      clients.add(new Client(Driver.MYSQL, "127.0.0.2", "search", ""));
    }
    return clients;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldRecordConversations(ServerKind kind) throws Exception {
    Files.createDirectories(CORPUS);
    try (EmbeddedServer server = EmbeddedServer.start(kind, Map.of("local-infile", "1"))) {
      try (Recording setUp = Recording.open()) {
        Schema.create(server, ROOT, clients(kind));
        assertThat(setUp.connections()).hasSize(1);
      }
      for (Client client : clients(kind)) {
        String prefix =
            kind.label() + "-by-" + client.driver().name().toLowerCase(Locale.ROOT) + "-";
        for (Feature feature : Feature.ALL) {
          record(server, client, feature, CORPUS.resolve(prefix + feature.name()));
        }
        recordRefusals(server, client, CORPUS.resolve(prefix + "refused"));
      }
    }
  }

  private static void record(EmbeddedServer server, Client client, Feature feature, Path file)
      throws SQLException, IOException {
    Client with = new Client(client.driver(), client.address(), client.user(), feature.options());
    try (Recording recording = Recording.open()) {
      try (Connection connection = with.connect(server, "shop")) {
        feature.conversation().on(connection);
      }
      write(recording, file);
    }
  }

  private static void recordRefusals(EmbeddedServer server, Client client, Path file)
      throws SQLException, IOException {
    try (Recording recording = Recording.open()) {
      Observations observed = new Observations();
      observed.refused(() -> client.connect(server, "shop", client.user(), "wrong"));
      observed.refused(() -> client.connect(server, "mysql"));
      write(recording, file);
    }
  }

  /** Drivers may open a second connection by themselves, to cancel a statement for instance. */
  private static void write(Recording recording, Path file) throws IOException {
    List<RecordedConnection> connections = recording.connections();
    for (int i = 0; i < connections.size(); i++) {
      String suffix = i == 0 ? "" : "-" + (i + 1);
      ConversationRecorder.write(
          connections.get(i), file.resolveSibling(file.getFileName() + suffix));
    }
  }
}
