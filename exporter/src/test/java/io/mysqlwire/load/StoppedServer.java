package io.mysqlwire.load;

import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server whose threads all stand still, from SIGSTOP to SIGCONT. */
public final class StoppedServer {
  private static final int LIMIT_SECONDS = 30;

  private final long pid;

  private StoppedServer(long pid) {
    this.pid = pid;
  }

  /** What is to be done meanwhile. */
  public interface Task {
    void run() throws Exception;
  }

  /** Stops the server, and lets it go on however the task ends. */
  public static void during(EmbeddedServer server, Task task) throws Exception {
    StoppedServer stopped = new StoppedServer(server.pid());
    try {
      stopped.signal("STOP");
      Await.until("all threads of " + stopped.pid + " stopped", stopped::isStopped);
      task.run();
    } finally {
      stopped.signal("CONT");
    }
  }

  /** State of a thread: the letter behind its name in brackets, proc(5). */
  private boolean isStopped() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
          return false;
        }
      }
    }
    return true;
  }

  private void signal(String name) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).inheritIO().start();
    try {
      if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IOException("kill -" + name + " " + pid + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while signalling " + pid, e);
    } finally {
      kill.destroyForcibly();
    }
  }
}
