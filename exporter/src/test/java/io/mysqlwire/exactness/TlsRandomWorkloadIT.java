package io.mysqlwire.exactness;

import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@link RandomWorkload} over the latest TLS that a server speaks, and in the clear at the same
 * time, from the same addresses with the same accounts.
 */
@Tag("vm")
class TlsRandomWorkloadIT {
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_SYSTEM", "MYSQL_8_0"})
  void shouldCountWhatClientsReceived(ServerKind kind, @TempDir Path certificates)
      throws Exception {
    Certificates.create(certificates);
    List<Encryption> spoken = Encryption.spokenBy(kind);
    Encryption latest = spoken.get(spoken.size() - 1);
    List<Client> clients = new ArrayList<>();
    for (Client client : RandomWorkload.clients(kind)) {
      clients.add(client.encrypted(latest));
    }
    clients.addAll(RandomWorkload.clients(kind));
    new RandomWorkload(kind, clients, latest)
        .shouldBeCounted(Certificates.serverOptions(certificates));
  }
}
