package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The kernel moves mysqld's memory between a send and the tracing tap's look at it: what can't be
 * read is counted as unread, one response each, and nothing else is wrong. For VMs.
 */
@Tag("vm")
@SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
class MovedMemoryIT {
  private static final int PORT = 23_311;
  private static final int PINGS = 3001;

  @Test
  void shouldCountWhatItCannotReadAsUnread() throws Exception {
    try (Taps taps = Taps.attach(PORT)) {
      String program = NativeTestProgram.make("moved_memory").toString();
      HostChanges.run(List.of(program, String.valueOf(PORT), String.valueOf(PINGS)));
      for (WireTap tap : taps.all()) {
        WireSnapshot snapshot = tap.read();
        long unread = snapshot.lost().getOrDefault(LostReason.UNREADABLE, 0L);
        System.out.printf("%s: %d of %d answers not read%n", tap.tap(), unread, PINGS);
        assertThat(unread).as("what this is about").isPositive();
        assertThat(responses(snapshot, ResponseType.OK)).isEqualTo(PINGS - unread);
        assertThat(responses(snapshot, ResponseType.AUTH_OK)).isEqualTo(1);
        assertThat(snapshot.opaque().stream().mapToLong(OpaqueCount::unclassified).sum())
            .isEqualTo(unread);
        assertThat(snapshot.lost().values().stream().mapToLong(Long::longValue).sum())
            .isEqualTo(unread);
        assertThat(snapshot.backends())
            .allSatisfy(backend -> assertThat(backend.connections()).isZero())
            .allSatisfy(backend -> assertThat(backend.commandsInFlight()).isZero());
      }
    }
  }

  private static long responses(WireSnapshot snapshot, ResponseType type) {
    return snapshot.backends().stream()
        .mapToLong(backend -> backend.responses()[type.ordinal()])
        .sum();
  }
}
