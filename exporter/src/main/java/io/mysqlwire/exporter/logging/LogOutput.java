package io.mysqlwire.exporter.logging;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Where log lines go and which of them.
 *
 * <p>One for the process, because SLF4J knows but one provider. Set once, while the command line is
 * read and before anything else is logged.
 */
public final class LogOutput {
  /** The web server's own lines matter to us only when something is wrong. */
  private static final String JETTY = "org.eclipse.jetty";

  private static volatile LogOutput current =
      new LogOutput(Level.INFO, LogFormat.LOGFMT, System.err);

  private final Level level;
  private final LogFormat format;
  private final PrintStream out;

  LogOutput(Level level, LogFormat format, PrintStream out) {
    this.level = level;
    this.format = format;
    this.out = out;
  }

  /** Sends lines of {@code level} and above to standard error. */
  public static void configure(Level level, LogFormat format) {
    current = new LogOutput(level, format, System.err);
  }

  static LogOutput current() {
    return current;
  }

  boolean isEnabled(String logger, Level wanted) {
    Level threshold = level == Level.INFO && logger.startsWith(JETTY) ? Level.WARN : level;
    if (level == Level.DEBUG && logger.startsWith(JETTY)) {
      threshold = Level.INFO; // its debug lines would bury ours: several for each request
    }
    return wanted.toInt() >= threshold.toInt();
  }

  /** Writes one line; a stack trace becomes a field of it, and only at level debug. */
  void write(
      String logger,
      Level lineLevel,
      String message,
      Map<String, String> values,
      @Nullable Throwable cause) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ts", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    fields.put("level", lineLevel.name().toLowerCase(Locale.ROOT));
    fields.put("logger", logger.substring(logger.lastIndexOf('.') + 1));
    fields.put("msg", message);
    fields.putAll(values);
    if (cause != null) {
      fields.put("err", cause.toString());
      if (level.toInt() <= Level.DEBUG.toInt()) {
        fields.put("stack", stackTrace(cause));
      }
    }
    StringBuilder line = new StringBuilder(128);
    format.append(line, fields);
    out.println(line);
  }

  private static String stackTrace(Throwable cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
