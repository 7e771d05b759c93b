package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ServerProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedServersTest {
  private static final ServerProcess ONE = new ServerProcess(17, "mysqld", 4711);
  private static final ServerProcess LATER = new ServerProcess(17, "mysqld", 4712);
  private static final FoundServer READABLE = new FoundServer("", "8.0.15", "OpenSSL", 1, 2);
  private static final FoundServer OPAQUE = new FoundServer("a fork", "8.0.15", "OpenSSL", 1, 2);

  @Test
  void shouldReadWhatWasFoundLast(@TempDir Path directory) throws Exception {
    PinnedServers servers = new PinnedServers(directory.resolve("servers"));
    PinAccess everybody = new PinAccess(null);
    assertThat(servers.read(ONE)).isEmpty();
    assertThat(servers.written()).isZero();
    servers.write(Map.of(ONE, READABLE), everybody);
    assertThat(servers.read(ONE)).hasValue(READABLE);
    assertThat(servers.read(LATER)).as("another process of that number").isEmpty();
    assertThat(servers.written()).isPositive();
    servers.write(Map.of(ONE, OPAQUE), everybody);
    assertThat(servers.read(ONE)).hasValue(OPAQUE);
    servers.write(Map.of(LATER, READABLE), everybody);
    assertThat(servers.read(ONE)).isEmpty();
    assertThat(servers.read(LATER)).hasValue(READABLE);
    PinnedLayout.delete(directory.resolve("servers"));
    assertThat(directory).isEmptyDirectory();
  }
}
