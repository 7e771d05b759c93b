package io.mysqlwire.exporter.logging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** SLF4J's logger of one name; key-value pairs of the fluent API become fields of the line. */
final class LineLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1;

  LineLogger(String name) {
    this.name = name;
  }

  @Override
  public void log(LoggingEvent event) {
    Map<String, String> values = new LinkedHashMap<>();
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> values.put(pair.key, String.valueOf(pair.value)));
    }
    write(
        event.getLevel(),
        event.getMessage(),
        event.getArgumentArray(),
        values,
        event.getThrowable());
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    write(level, message, arguments, Map.of(), cause);
  }

  private void write(
      Level level,
      String message,
      Object @Nullable [] arguments,
      Map<String, String> values,
      @Nullable Throwable cause) {
    String text = String.valueOf(MessageFormatter.basicArrayFormat(message, arguments));
    LogOutput.current().write(name, level, text, values, cause);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isEnabled(Level.ERROR);
  }

  private boolean isEnabled(Level level) {
    return LogOutput.current().isEnabled(name, level);
  }
}
