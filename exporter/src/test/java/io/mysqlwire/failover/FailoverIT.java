package io.mysqlwire.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Await;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Clients get to a server that works when HAProxy and keepalived ask {@code /health}, whatever the
 * fault; those that ask something else are compared on the same server at the same time. Needs
 * root, haproxy and keepalived.
 */
class FailoverIT {
  /** Names of faults, or {@code all}; the one that the others are blind to is enough to go on. */
  private static final String CHOICE = System.getProperty("mysqlwire.faults", "SLOTS_EXHAUSTED");

  private static final int FIRST = 1;
  private static final int SECOND = 2;

  /** Attempts that fail after the others have moved: who has not moved then does not move. */
  private static final int ATTEMPTS = 10;

  private final Map<Way, Writer> writers = new EnumMap<>(Way.class);

  private static List<Fault> faults() {
    return CHOICE.equals("all")
        ? List.of(Fault.values())
        : Stream.of(CHOICE.split(",", -1)).map(Fault::valueOf).toList();
  }

  @Test
  void shouldMoveClientsToTheServerThatWorks() throws Exception {
    try (Databases databases = Databases.start();
        Balancers balancers = Balancers.start(databases.network())) {
      try {
        for (Way way : Way.values()) {
          writers.put(way, Writer.start(way, balancers.address(way)));
        }
        for (Fault fault : faults()) {
          awaitFirst(fault.label());
          fault.during(databases.first(), databases.binlogDisk(), () -> compare(fault));
        }
        awaitFirst("the end");
      } catch (Exception | AssertionError e) {
        System.out.println(databases.logs() + balancers.logs());
        throw e;
      }
    } finally {
      writers.values().forEach(Writer::close);
    }
  }

  private void awaitFirst(String before) throws Exception {
    for (Map.Entry<Way, Writer> one : writers.entrySet()) {
      Await.until(
          one.getKey().label() + " is with the first server before " + before,
          () -> one.getValue().served().server() == FIRST);
    }
  }

  private void compare(Fault fault) throws Exception {
    long begin = System.nanoTime();
    for (Map.Entry<Way, Writer> one : writers.entrySet()) {
      if (fault.isSeenBy(one.getKey())) {
        Await.until(
            one.getKey().label() + " moves on " + fault.label(),
            () -> one.getValue().served().server() == SECOND);
      }
    }
    Map<Way, Long> failed = new EnumMap<>(Way.class);
    writers.forEach((way, writer) -> failed.put(way, writer.failures()));
    for (Map.Entry<Way, Writer> one : writers.entrySet()) {
      Writer writer = one.getValue();
      if (!fault.isSeenBy(one.getKey())) {
        long enough = failed.getOrDefault(one.getKey(), 0L) + ATTEMPTS;
        Await.until(one.getKey().label() + " fails", () -> writer.failures() >= enough);
        assertThat(writer.served().server()).as(one.getKey().label()).isEqualTo(FIRST);
      }
    }
    print(fault, begin);
  }

  private void print(Fault fault, long begin) {
    double watched = (System.nanoTime() - begin) / 1e9;
    writers.forEach(
        (way, writer) -> {
          double took = (writer.served().since() - begin) / 1e9;
          System.out.printf(
              Locale.ROOT,
              writer.served().server() == SECOND
                  ? "%s: %s: moved after %.1f s%n"
                  : "%s: %s: not within %.0f s%n",
              fault.label(),
              way.label(),
              writer.served().server() == SECOND ? took : watched);
        });
  }
}
