package io.mysqlwire.exactness;

import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.ServerKind;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link RandomWorkload} in the clear. */
class RandomWorkloadIT {
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MYSQL_8_0"})
  void shouldCountWhatClientsReceived(ServerKind kind) throws Exception {
    new RandomWorkload(kind, RandomWorkload.clients(kind), Encryption.NONE)
        .shouldBeCounted(Map.of());
  }
}
