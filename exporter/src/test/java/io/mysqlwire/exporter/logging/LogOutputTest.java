package io.mysqlwire.exporter.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogOutputTest {
  private static final String TS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

  @Test
  void shouldWriteLogfmt() {
    assertThat(line(Level.INFO, LogFormat.LOGFMT, null))
        .matches(
            "ts="
                + TS
                + " level=warn logger=Tap msg=\"it \\\\\"broke\\\\\"\\\\n\" port=3306 e=\"\"\n");
  }

  @Test
  void shouldWriteJson() {
    assertThat(line(Level.INFO, LogFormat.JSON, null))
        .matches(
            "\\{\"ts\":\""
                + TS
                + "\",\"level\":\"warn\",\"logger\":\"Tap\","
                + "\"msg\":\"it \\\\\"broke\\\\\"\\\\n\",\"port\":\"3306\",\"e\":\"\"}\n");
  }

  @Test
  void shouldKeepStackTracesForLevelDebug() {
    IllegalStateException cause = new IllegalStateException("gone");
    assertThat(line(Level.INFO, LogFormat.LOGFMT, cause))
        .contains("err=\"java.lang.IllegalStateException: gone\"")
        .doesNotContain("stack=")
        .hasLineCount(1);
    assertThat(line(Level.DEBUG, LogFormat.LOGFMT, cause)).contains("stack=").hasLineCount(1);
  }

  @Test
  void shouldLetTheWebServerSpeakOnlyWhenSomethingIsWrong() {
    LogOutput info = output(Level.INFO, LogFormat.LOGFMT, new ByteArrayOutputStream());
    assertThat(info.isEnabled("org.eclipse.jetty.server.Server", Level.INFO)).isFalse();
    assertThat(info.isEnabled("org.eclipse.jetty.server.Server", Level.WARN)).isTrue();
    assertThat(info.isEnabled("io.mysqlwire.exporter.service.Exporter", Level.INFO)).isTrue();
    assertThat(info.isEnabled("io.mysqlwire.exporter.service.Exporter", Level.DEBUG)).isFalse();
  }

  @Test
  void shouldBeWhatSlf4jFinds() {
    Logger logger = LoggerFactory.getLogger(LogOutputTest.class);
    assertThat(logger).isInstanceOf(LineLogger.class);
    assertThat(logger.isDebugEnabled()).isFalse();
  }

  private static String line(Level level, LogFormat format, @Nullable Throwable cause) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    output(level, format, out)
        .write(
            "io.mysqlwire.Tap",
            Level.WARN,
            "it \"broke\"\n",
            new java.util.TreeMap<>(Map.of("port", "3306", "e", "")).descendingMap(),
            cause);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static LogOutput output(Level level, LogFormat format, ByteArrayOutputStream out) {
    return new LogOutput(level, format, new PrintStream(out, true, StandardCharsets.UTF_8));
  }
}
