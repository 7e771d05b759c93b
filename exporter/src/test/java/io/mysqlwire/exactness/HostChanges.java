package io.mysqlwire.exactness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a test changes on its host through command line tools, and takes back in reverse order at
 * its end, however it ends.
 */
public final class HostChanges implements AutoCloseable {
  /** Far longer than any of these tools takes, also under emulation: a bound. */
  private static final int LIMIT_SECONDS = 120;

  private final Deque<List<String>> undoing = new ArrayDeque<>();
  private final Thread atExit = new Thread(this::undoAtExit, "undo-host-changes");

  public HostChanges() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Runs {@code change}; {@code undo} will be run at the end if it went well. */
  public synchronized void make(List<String> change, List<String> undo) throws IOException {
    run(change);
    undoing.push(undo);
  }

  /** Mounts a BPF file system on a new directory, whose name begins so; returns its path. */
  public synchronized Path bpfFileSystem(String prefix) throws IOException {
    Path directory = Files.createTempDirectory(prefix);
    make(List.of("true"), List.of("rmdir", directory.toString()));
    // Lazily: a VM whose files are this machine's may have looked into it, and keeps it open.
    make(
        List.of("mount", "-t", "bpf", "bpf", directory.toString()),
        List.of("umount", "--lazy", directory.toString()));
    return directory;
  }

  /**
   * Mounts a disk in memory on a new directory, whose name begins so; returns its path.
   *
   * @param size as mount has it, e.g. {@code 1m}
   */
  public synchronized Path smallDisk(String prefix, String size) throws IOException {
    Path directory = Files.createTempDirectory(prefix);
    make(List.of("true"), List.of("rmdir", directory.toString()));
    make(
        List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()),
        List.of("umount", "--lazy", directory.toString()));
    return directory;
  }

  /** Runs a program to its end and returns what it printed. */
  public static String run(List<String> command) throws IOException {
    Path output = Files.createTempFile("mysqlwire", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command + " did not end in " + LIMIT_SECONDS + " s");
      }
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(command + " failed: " + process.exitValue() + "; " + printed);
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command, e);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** Undoes everything, also what stands behind something that can't be undone. */
  private synchronized void undo() throws IOException {
    IOException failure = null;
    while (!undoing.isEmpty()) {
      try {
        run(undoing.pop());
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void undoAtExit() {
    try {
      undo();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    undo();
  }
}
