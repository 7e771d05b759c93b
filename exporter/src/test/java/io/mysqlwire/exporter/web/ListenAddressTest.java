package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    ":10306, '', 10306",
    "127.0.0.1:10306, 127.0.0.1, 10306",
    "[::1]:10306, ::1, 10306",
    "[fe80::1%eth0]:80, fe80::1%eth0, 80",
    "db-1.example.com:9104, db-1.example.com, 9104",
    ":0, '', 0",
    ":65535, '', 65535",
  })
  void shouldReadEveryForm(String text, String host, int port) {
    ListenAddress address = ListenAddress.parse(text);
    assertThat(address).isEqualTo(new ListenAddress(host, port));
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10306", "127.0.0.1", "::1:10306", "[::1]", "a b:1", ":-1", ":x"})
  void shouldRefuseOtherForms(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not [HOST]:PORT");
  }

  @Test
  void shouldRefusePortsThatAreNone() {
    assertThatThrownBy(() -> ListenAddress.parse(":65536")).hasMessage("has a port past 65535");
  }
}
