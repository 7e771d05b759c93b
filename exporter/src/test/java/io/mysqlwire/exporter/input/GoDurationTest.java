package io.mysqlwire.exporter.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "90s, PT90S",
    "1h, PT1H",
    "1h30m, PT90M",
    "1.5h, PT90M",
    "1.h, PT1H",
    ".5s, PT0.5S",
    "250ms, PT0.25S",
    "1us, PT0.000001S",
    "1µs, PT0.000001S",
    "1μs, PT0.000001S",
    "1.9ns, PT0.000000001S",
    "-90s, PT-90S",
    "+90s, PT90S",
    "2562047h, PT2562047H",
  })
  void shouldReadTimesAsGoDoes(String text, Duration time) {
    assertThat(GoDuration.parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1d", "1 h", "s", ".s", "-", "1,5h", "one hour", "PT1H", "2562048h"})
  void shouldReadNothingElse(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }

  @Test
  void shouldNotWorkOnTextWithoutEnd() {
    assertThat(GoDuration.parse("1".repeat(100_000) + "s")).isEmpty();
  }
}
