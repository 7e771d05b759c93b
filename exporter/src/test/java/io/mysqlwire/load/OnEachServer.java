package io.mysqlwire.load;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that take turns on one server of each kind: to start one takes longer than most tests. */
@ParameterizedClass
@EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
abstract class OnEachServer {
  static final String OPERATOR = "127.0.0.9";

  /** An answer of one row, of which no socket takes all while its client does not read. */
  static final String LONG_ANSWER = "SELECT REPEAT('x', 8000000)";

  /** Of a client that does not read: so that it is mysqld that has to wait. */
  static final int RECEIVE_BUFFER = 1 << 14;

  private static final Map<String, String> OPTIONS =
      Map.of("max-allowed-packet", "64M", "log-bin", "binlog", "server-id", "1");

  private static @Nullable EmbeddedServer server;

  /** JUnit wants to leave it somewhere; {@link #start} gets it, too. */
  @Parameter @Nullable ServerKind kind;

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws IOException {
    server = EmbeddedServer.start(kind, OPTIONS);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    server().close();
  }

  static EmbeddedServer server() {
    return Objects.requireNonNull(server);
  }
}
