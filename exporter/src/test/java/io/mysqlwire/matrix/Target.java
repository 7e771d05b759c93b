package io.mysqlwire.matrix;

import io.mysqlwire.exactness.Observations;
import io.mysqlwire.testing.ServerKind;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whom a client talks to: a relay of its own in front of the server.
 *
 * @param kind of server
 * @param port of the relay on 127.0.0.1
 * @param files directory of {@code lines.txt}, a file to load, and of a certificate
 * @param seen opens once the test has seen the connection while it was open
 */
record Target(ServerKind kind, int port, Path files, CountDownLatch seen) {
  static final String SCHEMA = "shop";
  static final String PASSWORD = "a password";

  /** Accounts: mysql_native_password, another one, caching_sha2_password. */
  static final String NATIVE = "native";

  static final String OTHER = "other";
  static final String SHA2 = "sha2";

  /** A statement that is answered once the test has seen the connection. */
  static final String HOLD = "SELECT GET_LOCK('seen', 60) " + Observations.MARK;

  private static final int SEEN_SECONDS = 60;

  /** For clients that can't wait in a statement. */
  void awaitSeen() throws InterruptedException {
    if (!seen.await(SEEN_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody looked");
    }
  }

  /** A text file to load. */
  Path lines() {
    return files.resolve("lines.txt");
  }

  String load(String table) {
    return "LOAD DATA LOCAL INFILE '" + lines() + "' INTO TABLE " + table + " " + Observations.MARK;
  }
}
