package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({"0, 0.0", "0.01, <0.1", "0.05, 0.1", "3.14, 3.1", "12345.67, '12,345.7'"})
  void shouldNeverShowNothingWhereThereWasSomething(double perSecond, String shown) {
    assertThat(Quantity.rate(perSecond)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 0.0 %", "5, 5, 100 %", "1, 3, 33.3 %", "1, 5000, <0.1 %", "0, 0, –"})
  void shouldTellTheShareOfErrors(double errors, double responses, String shown) {
    assertThat(Quantity.share(errors, responses)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000161, 0.016 ms",
    "0.00045, 0.45 ms",
    "0.0045, 4.5 ms",
    "0.045, 45 ms",
    "0.45, 450 ms",
    "0.9996, 1.0 s",
    "4.5, 4.5 s",
    "45.2, 45 s",
    "70, >67 s"
  })
  void shouldShowTimesWithTwoDigits(double seconds, String shown) {
    assertThat(Quantity.quantile(OptionalDouble.of(seconds), 67.1)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, –", "0.25, 250 ms", "59, 59 s", "61.9, 1 min 1 s", "7260, 2 h 1 min"})
  void shouldShowAges(double seconds, String shown) {
    assertThat(Quantity.age(seconds)).isEqualTo(shown);
  }

  @Test
  void shouldShowNoQuantileOfNothing() {
    assertThat(Quantity.quantile(OptionalDouble.empty(), 67.1)).isEqualTo("–");
  }
}
