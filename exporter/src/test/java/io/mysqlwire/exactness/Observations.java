package io.mysqlwire.exactness;

import io.mysqlwire.testing.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the application saw: results and rows that a driver handed over, errors that it threw.
 *
 * <p>Drivers also run statements of their own, which the application never sees. {@link #MARK}
 * tells its statements from theirs. A statement whose results a driver drops when a later one fails
 * goes without mark: then only its error can be compared.
 */
public final class Observations {
  public static final String MARK = "/*counted*/";

  private final Tally tally = new Tally();

  /** Runs a statement and counts each of its results, or its error. */
  public void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (rows || statement.getUpdateCount() != -1) {
        if (sql.contains(MARK)) {
          count(rows ? "resultset" : "ok", 1);
        }
        if (rows) {
          drain(statement, sql);
        }
        rows = statement.getMoreResults();
      }
    } catch (SQLException e) {
      error(e);
    }
  }

  private void drain(Statement statement, String sql) throws SQLException {
    long rows = 0;
    try (ResultSet results = statement.getResultSet()) {
      while (results.next()) {
        rows++;
      }
    }
    if (sql.contains(MARK)) {
      count("rows", rows);
    }
  }

  /** Counts an error of the server; one that the driver made up by itself is a failed test. */
  public void error(SQLException e) throws SQLException {
    count("err " + code(e), 1);
  }

  /** MariaDB's driver takes codes for signed: 50001 arrives as -15535. Its own is -1. */
  private static int code(SQLException e) throws SQLException {
    int code = e.getErrorCode();
    if (code == 0 || code == -1) {
      throw e;
    }
    return code & 0xffff;
  }

  /** Counts a refused login, which {@code attempt} has to be. */
  public void refused(Attempt attempt) throws SQLException {
    try (Connection connection = attempt.connect()) {
      throw new AssertionError("should have been refused: " + connection);
    } catch (SQLException e) {
      refused(e);
    }
  }

  /** Counts a login that was refused. */
  public void refused(SQLException e) throws SQLException {
    count("auth_err " + code(e), 1);
  }

  public synchronized void count(String name, long count) {
    tally.add(name, count);
  }

  public synchronized Tally tally() {
    return tally;
  }

  /** Tries to connect. */
  public interface Attempt {
    Connection connect() throws SQLException;
  }
}
