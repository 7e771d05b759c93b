package io.mysqlwire.exporter.servers;

import io.mysqlwire.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for {@code load} to be run again when there is a server that was not there before: a process
 * without privileges can't make it readable itself. A unit of systemd watches the file that is
 * touched for that.
 */
public final class LoadRequest implements ServerBinaries {
  /** The file's name in the runtime directory. */
  public static final String FILE = "new-server";

  private static final Logger LOG = LoggerFactory.getLogger(LoadRequest.class);

  private final Optional<Path> file;
  private final Set<ServerProcess> asked = new HashSet<>();

  private LoadRequest(Optional<Path> file) {
    this.file = file;
  }

  /**
   * Asks by a file in the runtime directory that systemd made.
   *
   * @param runtimeDirectory value of RUNTIME_DIRECTORY; empty: the log says what to do, and no more
   */
  public static LoadRequest in(String runtimeDirectory) {
    return new LoadRequest(
        runtimeDirectory.isEmpty()
            ? Optional.empty()
            : Optional.of(Path.of(runtimeDirectory).resolve(FILE)));
  }

  @Override
  public Readability appeared(ServerProcess process) {
    if (asked.add(process)) {
      asked.removeIf(one -> !one.lives());
      file.ifPresent(LoadRequest::touch);
    }
    return Readability.unknown(
        "'mysql-wire-exporter load' makes it readable, when it is run with the server's binary there");
  }

  private static void touch(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.atWarn()
          .setMessage("can't ask for 'mysql-wire-exporter load'; run it by hand")
          .addKeyValue("file", file)
          .addKeyValue("reason", String.valueOf(e))
          .log();
    }
  }
}
