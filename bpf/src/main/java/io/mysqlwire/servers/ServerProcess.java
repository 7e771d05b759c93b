package io.mysqlwire.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process that runs a database server, told by the name that the kernel gives it after its
 * program, wherever that is.
 *
 * @param pid its number
 * @param name e.g. {@code mariadbd}
 * @param started in ticks since the boot: tells it from a later one of that number
 */
public record ServerProcess(int pid, String name, long started) {
  private static final Path PROC = Path.of("/proc");

  /** As is_mysqld() of listeners.bpf.h has it. */
  private static final Set<String> NAMES = Set.of("mysqld", "mariadbd");

  /** Index of "starttime" of proc(5) among the fields behind the name. */
  private static final int START_FIELD = 19;

  /** All that can be seen from here. */
  public static List<ServerProcess> running() {
    List<ServerProcess> running = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        String name = firstLine(process.resolve("comm"));
        if (NAMES.contains(name)) {
          int pid = Integer.parseInt(process.getFileName().toString());
          startOf(process).ifPresent(start -> running.add(new ServerProcess(pid, name, start)));
        }
      }
    } catch (IOException e) {
      // Without /proc none can be seen.
    }
    return running;
  }

  /** Its directory in /proc. */
  public Path directory() {
    return PROC.resolve(Integer.toString(pid));
  }

  /** A path to the file that it runs, also to one that was replaced since, or is in a container. */
  public Path binary() {
    return directory().resolve("exe");
  }

  /** Whether it still runs. */
  public boolean lives() {
    return startOf(directory()).filter(start -> start == started).isPresent();
  }

  /** Its files as it sees them: the root of its mount namespace. */
  public Path root() {
    return directory().resolve("root");
  }

  /** Number of a namespace it is in, as {@code lsns} shows it; empty when it is not for us. */
  Optional<Integer> namespace(String kind) {
    try {
      String link = Files.readSymbolicLink(directory().resolve("ns").resolve(kind)).toString();
      int colon = link.indexOf(":[");
      return Optional.of(Integer.parseUnsignedInt(link, colon + 2, link.length() - 1, 10));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The command that it was started with; empty when it has ended. */
  public String commandLine() {
    try {
      return Files.readString(directory().resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<Long> startOf(Path process) {
    List<String> fields = ProcessStat.of(process);
    return fields.size() <= START_FIELD
        ? Optional.empty()
        : Optional.of(Long.parseLong(fields.get(START_FIELD)));
  }

  private static String firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException | java.io.UncheckedIOException e) {
      return ""; // the process ended meanwhile
    }
  }
}
