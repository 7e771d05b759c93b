package io.mysqlwire.exactness;

import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;

/** Connections that differ in nothing but that some are encrypted. */
final class TlsMixture {
  private TlsMixture() {}

  static void run(TlsTalk talk) throws Exception {
    Together.run(
        thread -> {
          for (int i = 0; i < 19; i++) {
            Encryption encryption = (i + thread) % 2 == 0 ? Encryption.NONE : talk.version();
            try (RawClient client =
                    RawClient.witnessed(talk.server(), talk.address()).encrypted(encryption);
                RawClient other =
                    RawClient.witnessed(talk.server(), talk.address()).encrypted(talk.version())) {
              client.login(TlsTalk.USER);
              other.login(TlsTalk.HEIR);
              for (int j = 0; j < 3; j++) {
                client.query("SELECT id FROM shop.item LIMIT " + (5 + thread));
                other.query("SELECT name FROM shop.item LIMIT 401");
                client.readAnswer();
                other.readAnswer();
              }
              client.leave();
              other.leave();
            }
          }
        });
  }
}
