package io.mysqlwire.bpf;

import io.mysqlwire.bpf.HostFact.Status;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The database servers that run on this host, as /proc shows them. */
final class MysqldProcess {
  private static final Set<String> NAMES = Set.of("mysqld", "mariadbd");

  private MysqldProcess() {}

  /** Their directories in /proc. */
  static List<Path> running() {
    List<Path> running = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (NAMES.contains(firstLine(process.resolve("comm")))) {
          running.add(process);
        }
      }
    } catch (IOException e) {
      // Without /proc none can be seen.
    }
    return running;
  }

  /** One line of {@code check} for each server, or one that says that none runs. */
  static List<HostFact> facts() {
    List<HostFact> facts = new ArrayList<>();
    for (Path process : running()) {
      String found =
          firstLine(process.resolve("comm"))
              + ", pid "
              + process.getFileName()
              + ", TLS: "
              + tlsLibrary(process);
      facts.add(new HostFact("server", Status.INFO, found, ""));
    }
    if (facts.isEmpty()) {
      facts.add(
          new HostFact("server", Status.INFO, "no mysqld runs now", "counting starts with it"));
    }
    return facts;
  }

  /** The library that the server encrypts with, by the files it has mapped. */
  private static String tlsLibrary(Path process) {
    try (Stream<String> maps = Files.lines(process.resolve("maps"))) {
      return maps.map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .filter(path -> path.contains("/libssl.so") || path.contains("/libwolfssl.so"))
          .findFirst()
          .orElse("linked in, or none");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      return ""; // the process ended meanwhile
    }
  }
}
