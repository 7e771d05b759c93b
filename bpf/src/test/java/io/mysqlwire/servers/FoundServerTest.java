package io.mysqlwire.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundServerTest {
  /** A version is whatever bytes are in the server's memory. */
  @Test
  void shouldReadWhatItHasWritten() {
    String everything =
        IntStream.range(1, 0x3000)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    FoundServer found = new FoundServer("", everything, "libssl.so.3", 64_512, Long.MAX_VALUE);
    assertThat(found.encoded()).matches("[\\x21-\\x7e]+").doesNotContain("/");
    assertThat(FoundServer.parse(found.encoded())).hasValue(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a&b&c&d", "a&b&c&d&e", "a&b&c&1&2&3", "%zz&b&c&1&2"})
  void shouldReadNothingElse(String text) {
    assertThat(FoundServer.parse(text)).isEmpty();
  }
}
