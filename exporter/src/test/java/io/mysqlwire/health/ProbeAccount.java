package io.mysqlwire.health;

import io.mysqlwire.exporter.health.HealthSettings;
import io.mysqlwire.exporter.health.Settings;
import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/** The probes' account and table, as {@code packaging/sql} makes them. */
public final class ProbeAccount {
  public static final String USER = "mysql_wire_probe";
  public static final String PASSWORD = "a# \"password\"";
  private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

  private ProbeAccount() {}

  /** Makes them. */
  public static void create(EmbeddedServer server) throws IOException, SQLException {
    create(server, "127.0.0.1");
  }

  /** For probes that come from elsewhere. */
  static void create(EmbeddedServer server, String client) throws IOException, SQLException {
    String script =
        COMMENT.matcher(Files.readString(script())).replaceAll("").replace("localhost", client);
    for (String statement : script.split(";", -1)) {
      if (!statement.isBlank()) {
        asRoot(server, statement.replace("CHANGE-ME", PASSWORD));
      }
    }
  }

  /** Settings by which a server is probed with this account, else as by default. */
  public static HealthSettings probing(EmbeddedServer server) {
    return new HealthSettings(
        List.of(JudgedServer.target(server, PASSWORD)),
        Settings.NO_PROBES.probes(),
        Settings.NO_PROBES.unknownStatus());
  }

  private static Path script() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.exists(directory.resolve("packaging/sql"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("the tests do not run inside the checkout");
    }
    return directory.resolve("packaging/sql/health-check.sql");
  }

  /** Runs a statement. */
  public static void asRoot(EmbeddedServer server, String sql) throws SQLException {
    try (Connection connection = root(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public static Connection root(EmbeddedServer server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl("", "user=root"));
  }
}
