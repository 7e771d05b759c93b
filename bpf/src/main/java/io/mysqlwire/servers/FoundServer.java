package io.mysqlwire.servers;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody with privileges has found of a running server, for those without.
 *
 * @param obstacle why its encrypted connections are not read; empty when they are
 * @param version as in {@link RunningServer}
 * @param tlsLibrary as in {@link RunningServer}
 * @param device of the file that it runs
 * @param inode of that file
 */
public record FoundServer(
    String obstacle, String version, String tlsLibrary, long device, long inode) {
  private static final String BETWEEN = "&";
  private static final int FIELDS = 5;

  /** The one of a server that was looked at; one without a version has not mapped all libraries. */
  public static FoundServer of(RunningServer server, String obstacle) {
    return new FoundServer(
        obstacle,
        server.version(),
        server.version().isEmpty() ? "" : server.tlsLibrary(),
        server.executable().map(Executable::device).orElse(0L),
        server.executable().map(Executable::inode).orElse(0L));
  }

  /** As text that is a name in every file system and locale. */
  public String encoded() {
    return Stream.of(obstacle, version, tlsLibrary, Long.toString(device), Long.toString(inode))
        .map(field -> URLEncoder.encode(field, StandardCharsets.UTF_8))
        .collect(Collectors.joining(BETWEEN));
  }

  /** Reads {@link #encoded}; empty when it is none. */
  public static Optional<FoundServer> parse(String encoded) {
    List<String> fields = Arrays.asList(encoded.split(BETWEEN, -1));
    if (fields.size() != FIELDS) {
      return Optional.empty();
    }
    try {
      fields.replaceAll(field -> URLDecoder.decode(field, StandardCharsets.UTF_8));
      return Optional.of(
          new FoundServer(
              fields.get(0),
              fields.get(1),
              fields.get(2),
              Long.parseLong(fields.get(3)),
              Long.parseLong(fields.get(4))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
