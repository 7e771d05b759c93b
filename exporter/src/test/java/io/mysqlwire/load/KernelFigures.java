package io.mysqlwire.load;

import io.mysqlwire.exactness.HostChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an exporter holds of the kernel, as bpftool and /proc have it. Needs root. */
final class KernelFigures {
  private static final Pattern OBJECT = Pattern.compile("^[0-9]+: ", Pattern.MULTILINE);
  private static final Pattern PROBE = Pattern.compile("^[0-9]+: perf_event ", Pattern.MULTILINE);
  private static final Pattern INODE = Pattern.compile("\"inode\": [1-9]");
  private static final Pattern ELEMENT = Pattern.compile("\"key\":");
  private static final Pattern MEMORY = Pattern.compile("memlock ([0-9]+)B");

  private KernelFigures() {}

  /** By name; all are the same again when nothing has leaked. */
  static Map<String, Long> of(long exporter) throws IOException {
    Map<String, Long> figures = new TreeMap<>();
    String links = bpftool("link", "show");
    String maps = bpftool("map", "show");
    figures.put("links", count(OBJECT, links));
    figures.put("links of probes", count(PROBE, links));
    figures.put("maps", count(OBJECT, maps));
    figures.put("bytes of maps", memory(maps));
    figures.put("programs", count(OBJECT, bpftool("prog", "show")));
    figures.put("probed binaries", count(INODE, bpftool("map", "dump", "name", "server_binaries")));
    figures.put("sessions", sessions());
    figures.put("descriptors of the kernel", descriptors(exporter, "anon_inode:bpf"));
    figures.put("descriptors of events", descriptors(exporter, "anon_inode:[perf_event]"));
    return figures;
  }

  /** Encrypted connections that the kernel programs remember. */
  static long sessions() throws IOException {
    return count(ELEMENT, bpftool("map", "dump", "name", "sessions"));
  }

  /** Open descriptors whose target begins so. */
  static long descriptors(long process, String target) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + process + "/fd"))) {
      return open.filter(descriptor -> target(descriptor).startsWith(target)).count();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // it was closed meanwhile
    }
  }

  private static long memory(String maps) {
    return MEMORY.matcher(maps).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
  }

  private static long count(Pattern what, String text) {
    return what.matcher(text).results().count();
  }

  private static String bpftool(String... arguments) throws IOException {
    return HostChanges.run(Stream.concat(Stream.of("bpftool"), Stream.of(arguments)).toList());
  }
}
