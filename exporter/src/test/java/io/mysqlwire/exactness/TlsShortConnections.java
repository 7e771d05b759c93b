package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import java.util.concurrent.atomic.AtomicInteger;

/** Logins as fast as they go, of clients that remember their sessions. */
final class TlsShortConnections {
  private static final int LOGINS_OF_A_THREAD = 53;

  private TlsShortConnections() {}

  static void run(TlsTalk talk) throws Exception {
    AtomicInteger resumed = new AtomicInteger();
    long start = System.nanoTime();
    Together.run(
        thread -> {
          for (int i = 0; i < LOGINS_OF_A_THREAD; i++) {
            long before = System.currentTimeMillis();
            try (RawClient client = talk.login()) {
              resumed.addAndGet(client.isResumed(before) ? 1 : 0);
              if (i % 3 == 0) {
                client.query("SELECT 1");
                client.readAnswer();
              }
              client.leave();
            }
          }
        });
    // Of MySQL 8.0.15 and 5.7, and of wolfSSL with TLS 1.3, there is none to take up.
    if (talk.server().kind().isMariaDb() && talk.version() == Encryption.TLS_1_2) {
      assertThat(resumed.get()).as("sessions taken up").isPositive();
    }
    System.out.printf(
        "%s, %s: %d of the logins took up a session; %.0f logins a second%n",
        talk.server().kind().label(),
        talk.version().protocol(),
        resumed.get(),
        4 * LOGINS_OF_A_THREAD * 1e9 / (System.nanoTime() - start));
  }
}
