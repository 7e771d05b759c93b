package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.ServerKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** InnoDB lets no more threads in: {@code SELECT 1} answers as ever, and no table does. */
@SuppressWarnings("try") // clients are there to wait
class ExhaustedIT {
  private static final int SLOTS = 3;
  private static final int CLIENTS = 5;
  private static final Map<String, String> OPTIONS =
      Map.of("innodb-thread-concurrency", String.valueOf(SLOTS));

  /** A thread keeps its ticket while it sleeps between two rows. */
  private static final String LONG_QUERY = "SELECT id FROM shop.item WHERE SLEEP(600) = 0";

  @Test
  void shouldSayThatTablesHang() throws Exception {
    try (JudgedServer judged = JudgedServer.probed(ServerKind.MYSQL_8_0, OPTIONS);
        Shoppers shoppers = Shoppers.start(judged.server(), CLIENTS)) {
      judged.shouldBecomeWell();
      try (LongQueries queries = LongQueries.start(judged.server(), SLOTS, LONG_QUERY)) {
        judged.begin();
        assertThat(judged.shouldBecome(Reason.EXHAUSTED).verdict().evidence())
            .contains("SELECT 1 answers in", "a table read has no answer", "commands wait");
        assertThat(judged.check(ProbeKind.CONNECT).isOk()).as("connect sees nothing").isTrue();
        assertThat(judged.check(ProbeKind.SELECT_1).isOk()).as("SELECT 1 sees nothing").isTrue();
      }
      judged.begin();
      judged.shouldBecomeWell();
    }
  }

  /** Long queries alone are no fault. */
  @Test
  void shouldTakeLongQueriesForNoFault() throws Exception {
    try (JudgedServer judged = JudgedServer.probed(ServerKind.MYSQL_8_0, Map.of());
        Shoppers shoppers = Shoppers.start(judged.server(), CLIENTS)) {
      judged.shouldBecomeWell();
      try (LongQueries queries = LongQueries.start(judged.server(), SLOTS, LONG_QUERY)) {
        judged.shouldStay(Reason.OK, 10);
      }
    }
  }
}
