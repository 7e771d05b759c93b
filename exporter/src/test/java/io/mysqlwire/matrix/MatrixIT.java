package io.mysqlwire.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every server, client library and feature: in each cell the kernel counts what a relay saw, with
 * difference 0, and what cannot be read is counted as such.
 */
class MatrixIT {
  private static Path files;
  private static List<MatrixClient> clients;

  @BeforeAll
  static void prepare(@TempDir Path directory) throws Exception {
    Certificates.create(directory);
    Files.writeString(directory.resolve("lines.txt"), "a line\n".repeat(251));
    files = directory;
    clients =
        List.of(
            new MysqlConnector(),
            new MariadbConnector(),
            new CommandLine(),
            new Sysbench(),
            new Mysql2(NodePackages.install()));
  }

  @ParameterizedTest
  @EnumSource
  void shouldCountEveryFeatureOfEveryClient(ServerKind kind) throws Exception {
    List<Cell> cells = new ArrayList<>();
    try (MatrixServer server = MatrixServer.start(kind, files);
        KernelTap tap = KernelTap.attach(server.server().port())) {
      CellRunner runner = new CellRunner(server, tap, files);
      for (MatrixClient client : clients) {
        for (Topic topic : Topic.values()) {
          cells.add(runner.run(client, topic, address(clients.indexOf(client), topic)));
        }
      }
      System.out.println(MatrixTable.of(kind.label(), clients, cells));
      assertThat(cells).filteredOn(cell -> !cell.trouble().isEmpty()).isEmpty();
      if (kind == ServerKind.MYSQL_8_0) {
        assertThat(runner.errors().difference(errorsOf(server, runner.errors())))
            .as("errors by address: witness, server, difference")
            .isEmpty();
      }
    }
  }

  /** One for each cell, so that the kernel's counts tell cells apart. */
  @SuppressWarnings("EnumOrdinal") // any number will do
  private static String address(int client, Topic topic) {
    return "127." + (client + 1) + "." + (topic.ordinal() + 1) + ".1";
  }

  /** The server's own account of errors, for the addresses whose connections could be read. */
  private static Tally errorsOf(MatrixServer server, Tally witnessed) throws SQLException {
    Tally errors = new Tally();
    List<String> addresses =
        witnessed.counts().keySet().stream().map(name -> name.split(" ", 2)[0]).distinct().toList();
    server
        .numbers(
            "SELECT host, COALESCE(error_number, 0), sum_error_raised"
                + " FROM performance_schema.events_errors_summary_by_host_by_error"
                + " WHERE sum_error_raised > 0 AND host IS NOT NULL")
        .forEach(
            (name, count) -> {
              if (addresses.contains(name.split(" ", 2)[0])) {
                errors.add(name, count);
              }
            });
    return errors;
  }
}
