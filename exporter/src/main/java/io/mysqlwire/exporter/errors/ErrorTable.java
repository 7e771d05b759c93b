package io.mysqlwire.exporter.errors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The errors that MySQL up to 9.x and MariaDB up to 10.11 know, by code.
 *
 * <p>Kept as {@code mysql-errors.tsv}: code, name, SQL state, class, and which servers use it
 * ({@code mysql}, {@code mariadb}, {@code both}, or {@code differ} where the same number means two
 * things, as most from 4000 on do). A code on the wire does not say which server sent it, so a
 * differing code keeps both names.
 */
public final class ErrorTable {
  private static final String RESOURCE = "mysql-errors.tsv";

  private final Map<Integer, MysqlError> errors;

  private ErrorTable(Map<Integer, MysqlError> errors) {
    this.errors = errors;
  }

  /** The one table, read when it is first asked for. */
  private static final class Shared {
    static final ErrorTable TABLE = parse();
  }

  /** The table. */
  public static ErrorTable read() {
    return Shared.TABLE;
  }

  private static ErrorTable parse() {
    try (InputStream in = ErrorTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      Map<Integer, MysqlError> errors = new HashMap<>(4096);
      lines.lines().skip(1).map(ErrorTable::parse).forEach(e -> errors.put(e.code(), e));
      return new ErrorTable(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  private static MysqlError parse(String line) {
    String[] fields = line.split("\t", -1);
    return new MysqlError(
        Integer.parseInt(fields[0]),
        fields[1],
        fields[2],
        ErrorClass.valueOf(fields[3].toUpperCase(Locale.ROOT)));
  }

  /** The error with that code; {@code SIGNAL} and forks may use codes that no table has. */
  public MysqlError find(int code) {
    MysqlError error = errors.get(code);
    return error != null ? error : new MysqlError(code, "unknown", "", ErrorClass.OTHER);
  }
}
