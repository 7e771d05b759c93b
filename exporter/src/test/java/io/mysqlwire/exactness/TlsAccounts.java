package io.mysqlwire.exactness;

import io.mysqlwire.testing.RawClient;
import java.io.IOException;

/** Who speaks: accounts that change, and accounts that are refused. */
final class TlsAccounts {
  private TlsAccounts() {}

  static void change(TlsTalk talk) throws IOException {
    for (int i = 0; i < 7; i++) {
      try (RawClient client = talk.login()) {
        ask(client, 2);
        client.changeUser(TlsTalk.HEIR);
        client.readVerdict();
        ask(client, 3);
        if (i % 2 == 0) {
          client.changeUser(TlsTalk.USER);
          client.readVerdict();
          ask(client, 1);
        } else {
          client.changeUser("nobody");
        }
        client.leave();
      }
    }
  }

  private static void ask(RawClient client, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      client.query("SELECT id FROM shop.item LIMIT 3");
      client.readAnswer();
    }
  }

  static void refuse(TlsTalk talk) throws IOException {
    for (int i = 0; i < 11; i++) {
      try (RawClient client = talk.connect()) {
        client.askToLogIn("nobody");
        client.readToEnd();
      }
    }
  }
}
