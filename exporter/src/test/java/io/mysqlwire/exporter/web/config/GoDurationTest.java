package io.mysqlwire.exporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "1s, PT1S",
    "1m30s, PT1M30S",
    "1.5h, PT1H30M",
    ".5s, PT0.5S",
    "1.s, PT1S",
    "100ms, PT0.1S",
    "1us, PT0.000001S",
    "1µs, PT0.000001S",
    "7ns, PT0.000000007S",
    "0.9ns, PT0S",
    "+2m, PT2M",
    "-2m, PT-2M"
  })
  void shouldReadWhatGoReads(String text, Duration expected) {
    assertThat(GoDuration.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "1 s", "1d", "1S", "1s1", "--1s", ".s", "9999999999h"})
  void shouldRefuseWhatGoRefuses(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }
}
