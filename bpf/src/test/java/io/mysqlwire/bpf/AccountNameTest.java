package io.mysqlwire.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {
  private static final Pattern ESCAPED = Pattern.compile("\\\\x([0-9a-f]{2})");

  /** What makes names alike: parts of characters, and text that looks like an escaped byte. */
  private static final byte[] PIECES = "\\xf5\u00e9\u20ac\ud83d\ude00\ufffd\n\"".getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(strings = {"", "app", "DOMAIN\\user", "caf\u00e9", "\\x", "\\xq1", "\ufffd", "a\nb"})
  void shouldLeaveOrdinaryNamesAsTheyAre(String name) {
    assertThat(AccountName.of(name.getBytes(UTF_8))).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "ff,\\xff",
    "61fe62,a\\xfeb",
    "e282,\\xe2\\x82", // a character cut off
    "c080,\\xc0\\x80", // NUL in two bytes
    "eda080,\\xed\\xa0\\x80", // half of a surrogate pair
    "f4908080,\\xf4\\x90\\x80\\x80", // behind the last character
    "5c78666f,\\xfo",
    "5c786666,\\x5cxff",
    "5c784646,\\x5cxFF",
    "5cff,\\\\xff",
  })
  void shouldShowEachByteThatIsNoText(String bytes, String text) {
    assertThat(AccountName.of(HexFormat.of().parseHex(bytes))).isEqualTo(text);
  }

  /** What can be had back is distinct. */
  @Test
  void shouldBeReversibleForAnyBytes() {
    Random random = new Random(11);
    for (int round = 0; round < 200_000; round++) {
      byte[] name = new byte[random.nextInt(12)];
      for (int i = 0; i < name.length; i++) {
        name[i] =
            random.nextInt(4) == 0
                ? (byte) random.nextInt(256)
                : PIECES[random.nextInt(PIECES.length)];
      }
      String text = AccountName.of(name);
      assertThat(bytes(text)).as(text).isEqualTo(name);
      assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    }
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escaped = ESCAPED.matcher(text);
    int at = 0;
    while (escaped.find()) {
      bytes.writeBytes(text.substring(at, escaped.start()).getBytes(UTF_8));
      bytes.write(HexFormat.fromHexDigits(escaped.group(1)));
      at = escaped.end();
    }
    bytes.writeBytes(text.substring(at).getBytes(UTF_8));
    return bytes.toByteArray();
  }
}
