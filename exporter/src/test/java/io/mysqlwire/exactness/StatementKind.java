package io.mysqlwire.exactness;

import static io.mysqlwire.exactness.Observations.MARK;

import java.util.List;

/**
 * A statement with one known end.
 *
 * @param sql with {@code %s} for the name of the client's own table
 * @param code error that it has to end in, 0 for none in particular
 */
record StatementKind(String sql, int code) {
  /** Everything that one connection can do alone and any number of times. */
  static final List<StatementKind> ALL =
      List.of(
          good("SELECT 1 " + MARK),
          good("SELECT id FROM item WHERE id < 0 " + MARK),
          // 50 KB: several buffers of the server.
          good("SELECT id, name FROM item " + MARK),
          good("SELECT * FROM page " + MARK),
          good("INSERT INTO %s VALUES (NULL, 'x') " + MARK),
          good("UPDATE %s SET name = 'y' WHERE id = 1 " + MARK),
          good("CREATE TABLE %s_new (id INT) " + MARK + "; DROP TABLE %s_new " + MARK),
          good(
              "SELECT 1 "
                  + MARK
                  + "; UPDATE %s SET name = 'z' WHERE id = 1 "
                  + MARK
                  + "; SELECT id FROM item LIMIT 3 "
                  + MARK),
          good("CALL two_results() " + MARK),
          bad(1064, "SELEC 1 " + MARK),
          bad(1146, "SELECT * FROM missing " + MARK),
          bad(1054, "SELECT missing FROM item " + MARK),
          bad(1062, "INSERT INTO item VALUES (1, 'again') " + MARK),
          bad(1048, "INSERT INTO sink VALUES (NULL, NULL) " + MARK),
          bad(1365, "INSERT INTO price VALUES (1 / 0, NULL) " + MARK),
          // 1452, or 1216 from MySQL 8, which says less about a parent that it counts as hidden.
          new StatementKind("INSERT INTO sink VALUES (1, 1) " + MARK, 0),
          bad(1690, "SELECT 18446744073709551615 + 1 " + MARK),
          bad(50001, "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 50001 " + MARK),
          // No marks: drivers drop the results before the error.
          bad(1064, "SELECT 1; SELECT 2; SELEC 3"),
          bad(50002, "CALL signals()"),
          // Row 1000 has two prices: the error stands behind a thousand rows.
          bad(
              1242,
              "SELECT (SELECT amount FROM price WHERE price.item = i.id) FROM item i ORDER BY id"));

  private static StatementKind good(String sql) {
    return new StatementKind(sql, 0);
  }

  private static StatementKind bad(int code, String sql) {
    return new StatementKind(sql, code);
  }

  String sqlFor(String table) {
    return sql.replace("%s", table);
  }
}
