package io.mysqlwire.exactness;

import io.mysqlwire.exactness.Client.Driver;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where a {@link TlsCase} happens.
 *
 * @param server has the shop, and accounts without password: {@link #USER} and {@link #HEIR}
 * @param version of TLS
 * @param address of the case's clients, of nobody else
 */
record TlsTalk(EmbeddedServer server, Encryption version, String address) {
  static final Client ROOT = new Client(Driver.MARIADB, "127.0.0.9", "root", "");
  static final String USER = "guest";
  static final String HEIR = "heir";

  /** A client that will ask for TLS. */
  RawClient connect() throws IOException {
    return RawClient.witnessed(server, address).encrypted(version);
  }

  /** One that is logged in. */
  RawClient login() throws IOException {
    RawClient client = connect();
    client.login(USER);
    return client;
  }

  /** Somebody else, who may do everything, in the clear. */
  Connection root() throws SQLException {
    return ROOT.connect(server, "");
  }
}
