package io.mysqlwire.exactness;

import io.mysqlwire.testing.RawClient;
import java.io.IOException;

/** A client that asks on before it reads: several commands may share a record of TLS. */
final class TlsHurry {
  private static final int COMMANDS = 13;

  private TlsHurry() {}

  static void run(TlsTalk talk) throws IOException {
    for (int i = 0; i < 5; i++) {
      try (RawClient client = talk.connect()) {
        client.askToLogIn(TlsTalk.USER);
        for (int j = 0; j < COMMANDS; j++) {
          client.query(j % 3 == 0 ? "SELECT name FROM shop.item LIMIT 701" : "SELEC " + j);
        }
        client.readVerdict();
        for (int j = 0; j < COMMANDS; j++) {
          client.readAnswer();
        }
        client.leave();
      }
    }
  }
}
