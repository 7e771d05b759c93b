package io.mysqlwire.bench;

import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What {@code load} has left in the kernel for {@code serve}; unloaded when closed. */
final class LoadedPrograms implements AutoCloseable {
  private final Path program;
  private final Path directory;

  private LoadedPrograms(Path program, Path directory) {
    this.program = program;
    this.directory = directory;
  }

  static LoadedPrograms load(Path program, int mysqlPort) throws IOException {
    LoadedPrograms loaded = new LoadedPrograms(program, Leftovers.directory("mysqlwire-bench-"));
    loaded.run("load", "--mysql.port=" + mysqlPort);
    return loaded;
  }

  /** The flag for {@code serve}. */
  String pinPath() {
    return "--bpf.pin-path=" + directory.resolve("bpf");
  }

  private void run(String command, String... flags) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.toString(), command, pinPath()).inheritIO();
    builder.command().addAll(List.of(flags));
    try {
      if (builder.start().waitFor() != 0) {
        throw new IOException(builder.command() + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    run("unload");
    Leftovers.delete(directory);
  }
}
