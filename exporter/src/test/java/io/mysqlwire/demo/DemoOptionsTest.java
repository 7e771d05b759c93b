package io.mysqlwire.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoOptionsTest {
  @Test
  void shouldTakeLengthInEitherForm() {
    assertThat(DemoOptions.parse(List.of("--seconds", "7")).length())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(DemoOptions.parse(List.of("--seconds=7")).length()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void shouldTakeProbesWithLength() {
    DemoOptions options = DemoOptions.parse(List.of("--probed", "--seconds", "7"));
    assertThat(options.probed()).isTrue();
    assertThat(options.length()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void shouldRunOnWithoutLength() {
    assertThat(DemoOptions.parse(List.of()).length()).isGreaterThan(Duration.ofDays(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--second 7", "7", "--seconds", "--seconds 0", "--seconds x", "--seconds=7 7"})
  void shouldSayWhatIsWrong(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoOptions.parse(List.of(line.split(" ", -1))))
        .withMessageMatching("unknown argument .+|--seconds takes .+");
  }
}
