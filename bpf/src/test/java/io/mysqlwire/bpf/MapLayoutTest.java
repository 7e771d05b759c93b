package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The native library says how long its arrays are; the enums that name their elements must fit. */
class MapLayoutTest {
  @Test
  void shouldHaveAsManyNamesAsTheKernelProgramsHaveElements() {
    assertThat(MapLayout.RESPONSE_TYPES.get()).isEqualTo(ResponseType.values().length);
    assertThat(MapLayout.COMMAND_CLASSES.get()).isEqualTo(Command.values().length);
    assertThat(MapLayout.OPAQUE_REASONS.get()).isEqualTo(OpaqueReason.values().length);
    assertThat(MapLayout.LOST_REASONS.get()).isEqualTo(LostReason.values().length);
    assertThat(MapLayout.FILE_CLASSES.get()).isEqualTo(FileClass.values().length);
    assertThat(MapLayout.LATENCY_BUCKETS.get()).isEqualTo(WireSnapshot.LATENCY_BUCKETS);
  }

  @Test
  void shouldPadToWords() {
    assertThat(MapLayout.IDENTITY.padded() % 8).isZero();
    assertThat(MapLayout.IDENTITY.padded()).isGreaterThanOrEqualTo(MapLayout.IDENTITY.get());
  }
}
