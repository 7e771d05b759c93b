package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Processes and directories that must not outlive this JVM. Those still here when it is told to
 * end, by Ctrl-C for instance, are ended and removed then, and no new ones are made: other threads
 * run on for a while.
 */
public final class Leftovers {
  /** A server that writes its pages back takes that long on a slow machine, hardly more. */
  private static final int STOP_SECONDS = 60;

  private static final Set<Process> PROCESSES = new LinkedHashSet<>();
  private static final Set<Path> DIRECTORIES = new LinkedHashSet<>();
  private static boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::clear, "leftovers"));
  }

  private Leftovers() {}

  /** Starts a process that ends with this JVM. */
  public static synchronized Process start(ProcessBuilder builder) throws IOException {
    requireFuture();
    Process process = builder.start();
    PROCESSES.add(process);
    return process;
  }

  /** Asks such a process to end, waits within bounds, kills it if need be. */
  public static void end(Process process) {
    process.destroy();
    awaitEnd(process);
    forget(process);
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static synchronized void forget(Process process) {
    PROCESSES.remove(process);
  }

  /** A new directory that goes with this JVM. */
  public static synchronized Path directory(String prefix) throws IOException {
    requireFuture();
    Path directory = Directories.temporary(prefix);
    DIRECTORIES.add(directory);
    return directory;
  }

  /** The same below another directory. */
  static synchronized Path directoryBelow(Path parent, String prefix) throws IOException {
    requireFuture();
    Path directory = Files.createTempDirectory(parent, prefix);
    DIRECTORIES.add(directory);
    return directory;
  }

  /** Fills such a directory; the end of the JVM has to wait for it. */
  static synchronized void copy(Path source, Path target) throws IOException {
    requireFuture();
    Directories.copy(source, target);
  }

  /** Removes such a directory. */
  public static synchronized void delete(Path directory) throws IOException {
    Directories.delete(directory);
    DIRECTORIES.remove(directory);
  }

  private static void requireFuture() throws IOException {
    if (ending) {
      throw new IOException("interrupted");
    }
  }

  private static synchronized void clear() {
    ending = true;
    PROCESSES.forEach(Process::destroy);
    PROCESSES.forEach(Leftovers::awaitEnd);
    for (Path directory : DIRECTORIES) {
      try {
        Directories.delete(directory);
      } catch (IOException e) {
        System.err.println("could not remove " + directory + ": " + e.getMessage());
      }
    }
  }
}
