package io.mysqlwire.exporter.servers;

import io.mysqlwire.bpf.ProbedBinary;
import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for {@code load} to be run again when there is a server that it has not seen, or one has
 * ended, or a binary is condemned: a process without privileges can change no probe itself. A unit
 * of systemd watches the file that is touched for that.
 */
public final class LoadRequest implements ServerBinaries {
  /** The file's name in the runtime directory. */
  public static final String FILE = "new-server";

  private static final Logger LOG = LoggerFactory.getLogger(LoadRequest.class);

  /** To be asked for one server; looks at it are further and further apart. */
  private static final int TIMES = 6;

  private final Optional<Path> file;
  private final Map<ServerProcess, Integer> asked = new HashMap<>();
  private final List<ProbedBinary> condemned = new ArrayList<>();

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
  public Readability appeared(ServerProcess process, Optional<FoundServer> found) {
    // One that had only just begun when it was found has more to tell by now.
    if (found.isEmpty() || found.get().version().isEmpty()) {
      ask(process);
    }
    return found
        .map(this::readability)
        .orElse(
            Readability.unknown(
                "'mysql-wire-exporter load' makes it readable, when it is run with the server's"
                    + " binary there"));
  }

  /** Again with the next looks, for who is at work already need not hear it, nor see this one. */
  private void ask(ServerProcess process) {
    asked.keySet().removeIf(one -> !one.lives());
    if (asked.merge(process, 1, Integer::sum) <= TIMES) {
      file.ifPresent(LoadRequest::touch);
    }
  }

  private Readability readability(FoundServer found) {
    if (condemned.stream().anyMatch(one -> one.isOf(found.device(), found.inode()))) {
      return Readability.opaque("what its functions were called with did not fit what it sent");
    }
    return found.obstacle().isEmpty() ? Readability.READABLE : Readability.opaque(found.obstacle());
  }

  @Override
  public void onlyThese(Collection<ServerProcess> running) {
    file.ifPresent(LoadRequest::touch);
  }

  @Override
  public void condemned(ProbedBinary binary) {
    condemned.add(binary);
    LOG.atWarn()
        .setMessage(
            "what a server's functions were called with does not fit what it sent; its encrypted"
                + " connections are opaque, and 'mysql-wire-exporter load' takes its probes off")
        .addKeyValue("inode", binary.inode())
        .addKeyValue("connections", binary.connections())
        .addKeyValue("contradictions", binary.contradictions())
        .log();
    file.ifPresent(LoadRequest::touch);
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
