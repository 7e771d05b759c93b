package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.HostChanges;
import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import io.mysqlwire.exporter.cli.ReadableClassPath;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.exporter.servers.LoadRequest;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A binary is condemned while nobody with privileges runs: {@code serve} says so at once and asks
 * for {@code load}, which takes the probes off and does not put them on again. For the tracing tap.
 */
@Tag("vm")
@Timeout(600)
class CondemnedBinaryIT {
  private static final String SENTENCE = "does not fit what it sent";

  @Test
  void shouldBeUnprobedByTheNextLoad(@TempDir Path shared) throws Exception {
    String classPath = ReadableClassPath.copyTo(shared);
    Path runtime = FoundServersIT.runtimeDirectory(shared);
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_SYSTEM, Map.of());
        PinnedExporter exporter = PinnedExporter.inFreshDirectory()) {
      exporter.mustLoad(server.port());
      Path probes = exporter.pins().resolve("layout-2/tls");
      assertThat(probes).isNotEmptyDirectory();
      try (RunningExporter serve = exporter.serve(FoundServersIT.asking(runtime), classPath, 0)) {
        FoundServersIT.awaitInfo(serve, server, "version=\".*MariaDB.*\"", "readable");
        condemn(exporter.pins().resolve("layout-2/maps/server_binaries"), server);
        FoundServersIT.awaitInfo(serve, server, "version=\".*MariaDB.*\"", "opaque");
        Await.until("load is asked for", () -> Files.exists(runtime.resolve(LoadRequest.FILE)));
        Outcome outcome = exporter.load(server.port());
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("did not fit what it sent");
        assertThat(probes).isEmptyDirectory();
        FoundServersIT.awaitInfo(serve, server, "version=\".*MariaDB.*\"", "opaque");
        assertThat(serve.log()).containsOnlyOnce(SENTENCE);
      }
    }
  }

  /** As the kernel programs do it: so many times its functions contradict what it sends. */
  private static void condemn(Path binaries, EmbeddedServer server) throws IOException {
    Path exe = Path.of("/proc/" + server.pid() + "/exe");
    ByteBuffer element = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.nativeOrder());
    element.putLong(((Number) Files.getAttribute(exe, "unix:dev")).longValue());
    element.putLong(((Number) Files.getAttribute(exe, "unix:ino")).longValue());
    element.putLong(0).putLong(100);
    List<String> command =
        new ArrayList<>(List.of("bpftool", "map", "update", "pinned", binaries.toString()));
    command.addAll(List.of("key", "0", "0", "0", "0", "value"));
    for (byte one : element.array()) {
      command.add(Integer.toString(one & 0xff));
    }
    HostChanges.run(command);
  }
}
