package io.mysqlwire.failover;

import io.mysqlwire.health.LongQueries;
import io.mysqlwire.health.ProbeAccount;
import io.mysqlwire.load.StoppedServer;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.FullDisk;
import java.nio.file.Files;
import java.nio.file.Path;

/** What becomes of the first server. */
@SuppressWarnings("try") // what is opened is there to be in the way
enum Fault {
  STOPPED("process stopped (SIGSTOP)", true) {
    @Override
    void during(EmbeddedServer server, Path binlogDisk, Task task) throws Exception {
      StoppedServer.during(server, task::run);
    }
  },
  KILLED("process killed", true) {
    @Override
    void during(EmbeddedServer server, Path binlogDisk, Task task) throws Exception {
      server.kill();
      task.run();
      server.startAgain();
    }
  },
  SLOTS_EXHAUSTED("InnoDB's slots exhausted", false) {
    @Override
    void during(EmbeddedServer server, Path binlogDisk, Task task) throws Exception {
      String sql = "SELECT id FROM shop.item WHERE SLEEP(600) = 0";
      try (LongQueries queries = LongQueries.start(server, Databases.SLOTS, sql)) {
        task.run();
      }
    }
  },
  READ_ONLY("read-only", false) {
    @Override
    void during(EmbeddedServer server, Path binlogDisk, Task task) throws Exception {
      ProbeAccount.asRoot(server, "SET GLOBAL read_only = 1");
      task.run();
      ProbeAccount.asRoot(server, "SET GLOBAL read_only = 0");
    }
  },
  CONNECTIONS_EXHAUSTED("max_connections reached", true) {
    @Override
    void during(EmbeddedServer server, Path binlogDisk, Task task) throws Exception {
      try (Hoarder hoarder = Hoarder.start(server)) {
        task.run();
      }
    }
  },
  BINLOG_DISK_FULL("disk of the binlog full", false) {
    @Override
    void during(EmbeddedServer server, Path binlogDisk, Task task) throws Exception {
      Path rubbish = binlogDisk.resolve("rubbish");
      FullDisk.fill(rubbish);
      task.run();
      Files.delete(rubbish);
      // It would look again a minute after it last did.
      server.kill();
      server.startAgain();
    }
  };

  private final String label;
  private final boolean ofEveryLogin;

  Fault(String label, boolean ofEveryLogin) {
    this.label = label;
    this.ofEveryLogin = ofEveryLogin;
  }

  /** What is to be done meanwhile. */
  interface Task {
    void run() throws Exception;
  }

  /**
   * Makes it, and takes it back after the task.
   *
   * @param binlogDisk where the server has its binlog, and nothing else is
   */
  abstract void during(EmbeddedServer server, Path binlogDisk, Task task) throws Exception;

  String label() {
    return label;
  }

  /**
   * Whether that way's check can see it: logins and {@code SELECT 1} are blind to what is behind.
   */
  boolean isSeenBy(Way way) {
    return ofEveryLogin || way.asksHealth();
  }
}
