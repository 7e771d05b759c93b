package io.mysqlwire.exporter.collector;

import static io.mysqlwire.exporter.collector.ExpositionFormat.OPENMETRICS;
import static io.mysqlwire.exporter.collector.ExpositionFormat.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 12.5.1. */
class ExpositionFormatTest {
  private static final String OPEN = "application/openmetrics-text";

  @ParameterizedTest
  @ValueSource(
      strings = {
        OPEN,
        "Application/OpenMetrics-Text; Version=1.0.0",
        "text/plain;q=0.3," + OPEN + ";q=0.8",
        OPEN + ";version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "*/*;q=0.5," + OPEN,
        "text/*;q=0.4, application/*;q=0.5",
        "text/plain;q=0,*/*",
      })
  void shouldSendOpenMetricsWhereItWeighsMore(String accept) {
    assertThat(ExpositionFormat.accepted(List.of(accept))).isEqualTo(OPENMETRICS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/plain",
        "text/html",
        OPEN + ";q=0",
        OPEN + ";Q=0.0,text/plain",
        OPEN + ";q=0.1,text/plain;q=0.9",
        OPEN + ";q=much",
        OPEN + ";q=0,*/*;q=0.1",
      })
  void shouldSendPrometheusTextOtherwise(String accept) {
    assertThat(ExpositionFormat.accepted(List.of(accept))).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @CsvSource({"text/plain;q=0.5," + OPEN + ";q=0.8", OPEN + ";q=0.8,text/plain;q=0.5"})
  void shouldReadEveryHeaderThatIsSent(String first, String second) {
    assertThat(ExpositionFormat.accepted(List.of(first, second))).isEqualTo(OPENMETRICS);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip,true",
    "GZIP,true",
    "x-gzip,true",
    "*,true",
    "'br, gzip;q=0.1',true",
    "'gzip;q=0,*',false",
    "'gzip;q=0.000',false",
    "br,false",
    "'',false",
  })
  void shouldCompressForThoseWhoWantIt(String encodings, boolean wanted) {
    Preferences preferences = new Preferences(List.of(encodings));
    assertThat(preferences.quality("gzip", "x-gzip", "*") > 0).isEqualTo(wanted);
  }
}
