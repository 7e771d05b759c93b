package io.mysqlwire.exactness;

import io.mysqlwire.testing.RawClient;
import java.sql.Connection;

/** A client that stops reading: the server offers the same record again, and sends it in parts. */
final class TlsPause {
  private static final int RECEIVE_BUFFER = 1 << 15;

  private TlsPause() {}

  static void run(TlsTalk talk) throws Exception {
    try (Connection root = talk.root()) {
      for (int i = 0; i < 3; i++) {
        try (RawClient client =
            RawClient.witnessed(talk.server(), talk.address(), RECEIVE_BUFFER)
                .encrypted(talk.version())) {
          client.login(TlsTalk.USER);
          client.query(BlockedSend.ROWS.replace("FROM item", "FROM shop.item"));
          new BlockedSend(talk.server(), root).await(client.id());
          client.readAnswer();
          client.query("SELECT 1");
          client.readAnswer();
          client.leave();
        }
      }
    }
  }
}
