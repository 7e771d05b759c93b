package io.mysqlwire.pins;

import io.mysqlwire.exporter.cli.ReadableClassPath;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.exporter.servers.LoadRequest;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code serve} as a user who may look at no server says what {@code load} has found of each, that
 * it does not know the others, and asks for {@code load} then. Needs root.
 */
@Timeout(600)
class FoundServersIT {
  private static final String READ = PinnedExporter.TAP.equals("tracing") ? "readable" : "opaque";
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all");

  @Test
  void shouldSayWhatLoadHasFound(@TempDir Path shared) throws Exception {
    String classPath = ReadableClassPath.copyTo(shared);
    Path runtime = runtimeDirectory(shared);
    Path request = runtime.resolve(LoadRequest.FILE);
    try (EmbeddedServer first = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of("ssl", "1"));
        PinnedExporter exporter = PinnedExporter.inFreshDirectory()) {
      exporter.mustLoad(first.port());
      try (RunningExporter serve = exporter.serve(asking(runtime), classPath, 0)) {
        awaitInfo(serve, first, "version=\"11.4.5-MariaDB.*\"", READ);
        Files.deleteIfExists(request); // this host may have servers of others
        try (EmbeddedServer second = EmbeddedServer.start(ServerKind.MYSQL_8_0, Map.of())) {
          awaitInfo(serve, second, "version=\"\"", "unknown");
          Await.until("load is asked for", () -> Files.exists(request));
          exporter.mustLoad(first.port());
          awaitInfo(serve, second, "version=\"8\\.0\\..*\"", READ);
          awaitInfo(serve, first, "version=\"11.4.5-MariaDB.*\"", READ);
          Files.setLastModifiedTime(request, FileTime.fromMillis(0));
        }
        Await.until(
            "load is asked for when it is some time that a server has ended",
            () -> Files.getLastModifiedTime(request).toMillis() > 0);
        exporter.mustLoad(first.port());
        awaitInfo(serve, first, "version=\"11.4.5-MariaDB.*\"", READ);
      }
    }
  }

  /** One that nobody may write to. */
  static Path runtimeDirectory(Path parent) throws IOException {
    Path runtime = Files.createDirectory(parent.resolve("runtime"));
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxrwxrwx"));
    return runtime;
  }

  /** Whoever serves, with a runtime directory as systemd makes one. */
  static List<String> asking(Path runtime) {
    List<String> wrapper = new ArrayList<>(NOBODY);
    wrapper.addAll(List.of("env", "RUNTIME_DIRECTORY=" + runtime));
    return wrapper;
  }

  static void awaitInfo(RunningExporter serve, EmbeddedServer server, String version, String tls)
      throws Exception {
    String line =
        "(?s).*mysql_wire_server_info\\{server=\"[^\"]*:"
            + server.port()
            + "\","
            + version
            + ",tls=\""
            + tls
            + "\".*";
    try {
      Await.until(version + " is " + tls, () -> serve.get("/metrics").body().matches(line));
    } catch (AssertionError e) {
      throw new AssertionError(
          MetricsText.samples(serve.get("/metrics").body(), "mysql_wire_server_info")
              + "; "
              + serve.log(),
          e);
    }
  }
}
