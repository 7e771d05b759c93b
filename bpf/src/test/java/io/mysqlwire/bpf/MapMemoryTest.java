package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapMemoryTest {
  private static final long MIB = 1 << 20;

  private static TapConfig config(int maxBackends) {
    return new TapConfig(
        WatchedPorts.of(3306),
        TapChoice.AUTO,
        Path.of("/"),
        32,
        128,
        true,
        false,
        maxBackends,
        32_768,
        32_768);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 128, 240, 8192})
  void shouldTakeNoMoreThan64MebibytesByDefault(int cpus) {
    assertThat(MapMemory.bytes(config(4_096), cpus)).isBetween(MIB, 64 * MIB);
  }

  @Test
  void shouldKeepCpusApartWhereThereIsRoom() {
    assertThat(MapMemory.bytes(config(4_096), 2)).isLessThan(MapMemory.bytes(config(4_096), 4));
    assertThat(MapMemory.bytes(config(65_535), 4)).isLessThan(128 * MIB);
  }

  @Test
  void shouldTellItInTheCheck() {
    assertThat(MapMemory.fact(config(4_096)).found()).matches("[0-9]+ MiB for the maps.*");
  }
}
