package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of unix-domain sockets are any bytes; each has a text of its own. */
class UnixNamesTest {
  /** Bytes are written as ISO 8859-1, and those that Java can't show as in Java. */
  @ParameterizedTest
  @CsvSource({
    "/run/mysqld/mysqld.sock, /run/mysqld/mysqld.sock",
    "mysql.sock, mysql.sock",
    "/run/a b\"c, /run/a b\"c",
    "/run/\u00c3\u00a4, /run/\u00e4",
    "/run/\u00e4, /run/\\xe4",
    "/run/\\xe4, /run/\\x5cxe4",
    "/run/a@b, /run/a@b",
    "/run/a@17, /run/a\\x4017",
    "other, \\x6fther",
    "@mysql, \\x40mysql",
    "10.0.0.7:3306, \\x310.0.0.7:3306",
  })
  void shouldShowPath(String bytes, String text) {
    assertThat(UnixNames.text(bytes.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(text);
  }

  @Test
  void shouldShowAbstractName() {
    assertThat(UnixNames.text(new byte[] {0, 'm', 'y'})).isEqualTo("@my");
    assertThat(UnixNames.text(new byte[] {0, 'm', 0, 'y', 0})).isEqualTo("@m\\x00y\\x00");
    assertThat(UnixNames.text(new byte[] {0, 'm', '@', '1'})).isEqualTo("@m\\x401");
    assertThat(UnixNames.text(new byte[] {0, '1'})).isEqualTo("@1");
    assertThat(UnixNames.text(new byte[] {0})).isEqualTo("@");
  }

  /** All names of up to four of the bytes that have a meaning somewhere. */
  @Test
  void shouldHaveTextOfItsOwn() {
    byte[] special = {0, '@', '\\', 'x', '4', '0', ':', '/', '\n', (byte) 0xc3, (byte) 0xa4};
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < special.length * special.length * special.length * special.length; i++) {
      byte[] name = new byte[4];
      for (int at = 0, rest = i; at < name.length; at++, rest /= special.length) {
        name[at] = special[rest % special.length];
      }
      String bytes = new String(name, StandardCharsets.ISO_8859_1);
      assertThat(names.put(UnixNames.text(name), bytes)).as(bytes).isNull();
    }
  }
}
