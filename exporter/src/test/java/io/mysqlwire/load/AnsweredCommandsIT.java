package io.mysqlwire.load;

import io.mysqlwire.exactness.Taps;
import io.mysqlwire.exactness.Witness;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.Recording;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The count of the histogram is that of commands whose answer began, for the account that asked;
 * the witness counts the same. Whole workloads are compared in {@code ExactCountsIT}.
 */
class AnsweredCommandsIT extends OnEachServer {
  private static final String ADDRESS = "127.0.0.2";
  private static final String SECOND = "second";
  private static final int ROUNDS = 3;

  @BeforeEach
  void createAccount() throws IOException {
    try (TimedClient operator = TimedClient.connect(server(), OPERATOR)) {
      for (String host : EmbeddedServer.LOOPBACK_HOSTS) {
        operator.run("CREATE USER IF NOT EXISTS " + SECOND + "@'" + host + "'");
      }
      operator.raw().leave();
    }
  }

  @Test
  void shouldCountAChangeOfUserForWhoAskedIt() throws Exception {
    try (Taps taps = Taps.attach(server().port());
        Recording recording = Recording.open()) {
      try (RawClient client = RawClient.witnessed(server(), ADDRESS)) {
        client.login("root");
        for (int i = 0; i < ROUNDS; i++) {
          ask(client, 2);
          client.changeUser(SECOND);
          client.readVerdict();
          ask(client, 3);
          client.changeUser("root");
          client.readVerdict();
        }
        client.leave();
      }
      taps.shouldHaveCounted(new Witness(recording).byBackend());
    }
  }

  private static void ask(RawClient client, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      client.query("SELECT " + i);
      client.readAnswer();
    }
  }
}
