package io.mysqlwire.exporter.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTableTest {
  private final ErrorTable table = ErrorTable.read();

  @ParameterizedTest
  @CsvSource({
    "1040, ER_CON_COUNT_ERROR, 08004, CAPACITY",
    "1045, ER_ACCESS_DENIED_ERROR, 28000, CONNECTION",
    "1062, ER_DUP_ENTRY, 23000, CONSTRAINT",
    "1064, ER_PARSE_ERROR, 42000, SCHEMA",
    "1114, ER_RECORD_FILE_FULL, HY000, RESOURCE",
    "1146, ER_NO_SUCH_TABLE, 42S02, SCHEMA",
    "1153, ER_NET_PACKET_TOO_LARGE, 08S01, NETWORK",
    "1205, ER_LOCK_WAIT_TIMEOUT, HY000, LOCK",
    "1213, ER_LOCK_DEADLOCK, 40001, LOCK",
    "1236, ER_SOURCE_FATAL_ERROR_READING_BINLOG, HY000, REPLICATION",
    "1290, ER_OPTION_PREVENTS_STATEMENT, HY000, READ_ONLY",
    "1317, ER_QUERY_INTERRUPTED, 70100, TIMEOUT",
    "1927, ER_CONNECTION_KILLED, 70100, TIMEOUT",
    "3819, ER_CHECK_CONSTRAINT_VIOLATED, HY000, CONSTRAINT",
  })
  void shouldKnowCommonErrors(int code, String name, String sqlstate, ErrorClass errorClass) {
    assertThat(table.find(code)).isEqualTo(new MysqlError(code, name, sqlstate, errorClass));
  }

  @Test
  void shouldNameBothErrorsWhereTheServersDiffer() {
    assertThat(table.find(4025))
        .isEqualTo(
            new MysqlError(
                4025,
                "ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE/ER_CONSTRAINT_FAILED",
                "HY000/23000",
                ErrorClass.CONSTRAINT));
  }

  @Test
  void shouldCallCodesThatNoTableHasUnknown() {
    assertThat(table.find(45_000))
        .isEqualTo(new MysqlError(45_000, "unknown", "", ErrorClass.OTHER));
  }

  @Test
  void shouldBeTidy() throws IOException {
    List<String> lines = lines();
    assertThat(lines.get(0)).isEqualTo("code\tname\tsqlstate\tclass\tservers");
    List<String> rows = lines.subList(1, lines.size());
    assertThat(rows)
        .hasSizeGreaterThan(2_000)
        .allMatch(
            row ->
                row.matches(
                    "\\d+\t\\w+(/\\w+)?\t\\w{5}(/\\w{5})?\t[a-z_]+\t(mysql|mariadb|both|differ)"));
    assertThat(rows.stream().map(row -> Integer.parseInt(row.split("\t", 2)[0])).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ErrorTable.class.getResourceAsStream("mysql-errors.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
