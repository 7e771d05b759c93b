package io.mysqlwire.exactness;

import io.mysqlwire.testing.ServerKind;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** SQL by chance, good and bad. */
final class RandomStatements {
  /** Distinct codes of SIGNAL: few enough that those of all backends have room in the kernel. */
  private static final int SIGNAL_CODES = 200;

  /** MariaDB's progress reports, which are no responses. */
  private static final int PROGRESS_REPORT = 0xffff;

  /** What MySQL 8 counts although it then says 1216: the two could no longer be compared. */
  private static final int NO_REFERENCED_ROW = 1452;

  private static final List<StatementKind> BAD =
      StatementKind.ALL.stream().filter(kind -> kind.code() != 0).toList();

  private final Random random;
  private final ServerKind server;
  private final String table;
  private final List<Integer> codes;
  private final NavigableMap<Integer, Supplier<String>> byWeight = new TreeMap<>();

  /**
   * @param random for everything but the codes of SIGNAL
   * @param codesSeed for those, common to all clients
   * @param table of this client's own
   */
  RandomStatements(Random random, long codesSeed, ServerKind server, String table) {
    this.random = random;
    this.server = server;
    this.table = table;
    codes =
        new Random(codesSeed)
            .ints(1, PROGRESS_REPORT)
            .filter(code -> code != NO_REFERENCED_ROW)
            .limit(SIGNAL_CODES)
            .boxed()
            .toList();
    weigh(300, this::fewRows);
    weigh(60, this::manyRows);
    weigh(12, this::longRows);
    weigh(250, this::change);
    weigh(120, () -> pick(BAD).sqlFor(table));
    weigh(80, this::signal);
    weigh(80, this::several);
    weigh(40, () -> pick(List.of("CALL two_results()", "CALL signals()")));
    weigh(20, () -> pick(StatementKind.ALL).sqlFor(table));
    weigh(8, this::tooSlow);
    weigh(3, () -> "SELECT LENGTH('" + "x".repeat(random.nextInt(300_000)) + "')");
  }

  private void weigh(int weight, Supplier<String> statement) {
    byWeight.put((byWeight.isEmpty() ? 0 : byWeight.lastKey()) + weight, statement);
  }

  String next() {
    Map.Entry<Integer, Supplier<String>> chosen =
        byWeight.higherEntry(random.nextInt(byWeight.lastKey()));
    return chosen.getValue().get();
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String fewRows() {
    int columns = 1 + random.nextInt(8);
    String list =
        IntStream.range(0, columns)
            .mapToObj(i -> pick(List.of("id", "name", "NULL", "REPEAT('c', id)", "''", "1.5")))
            .collect(Collectors.joining(", "));
    return "SELECT " + list + " FROM item WHERE id < " + random.nextInt(21);
  }

  private String manyRows() {
    return "SELECT id, name FROM item LIMIT " + random.nextInt(Schema.ITEMS + 1);
  }

  /** 65 KB to 185 KB. */
  private String longRows() {
    return "SELECT * FROM page LIMIT " + (13 + random.nextInt(25));
  }

  private String change() {
    int id = random.nextInt(100);
    return pick(
        List.of(
            "INSERT INTO " + table + " (name) VALUES (REPEAT('i', " + id + "))",
            "UPDATE " + table + " SET name = '" + id + "' WHERE id = " + id,
            "DELETE FROM " + table + " WHERE id = " + id,
            "SET @x = " + id,
            "DO " + id));
  }

  private String signal() {
    return "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = "
        + pick(codes)
        + ", MESSAGE_TEXT = '"
        + "m".repeat(random.nextInt(129))
        + "'";
  }

  /** One to six statements; nothing runs after one that fails. */
  private String several() {
    return IntStream.rangeClosed(0, random.nextInt(6))
        .mapToObj(i -> random.nextInt(8) > 0 ? simple() : signal())
        .collect(Collectors.joining("; "));
  }

  private String simple() {
    return random.nextBoolean() ? fewRows() : change();
  }

  private String tooSlow() {
    int milliseconds = 1 + random.nextInt(15);
    String sums = "COUNT(*) FROM item a, item b, item c WHERE a.id + b.id + c.id < 0";
    return server.isMariaDb()
        ? "SET STATEMENT max_statement_time = " + milliseconds / 1000.0 + " FOR SELECT " + sums
        : "SELECT /*+ MAX_EXECUTION_TIME(" + milliseconds + ") */ " + sums;
  }
}
