package io.mysqlwire.exporter.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.1.4, 0, 0xffff0a000104, 128",
    "10.0.1.0/24, 0, 0xffff0a000100, 120",
    "0.0.0.0/0, 0, 0xffff00000000, 96",
    "::ffff:10.0.1.4, 0, 0xffff0a000104, 128",
    "::/0, 0, 0, 0",
    "::1, 0, 1, 128",
    "2001:db8::/32, 0x20010db800000000, 0, 32",
    "2001:DB8:0:0:0:0:0:5/128, 0x20010db800000000, 5, 128",
  })
  void shouldReadAddressesAndNetworks(String text, long high, long low, int prefix) {
    assertThat(Network.parse(text)).isEqualTo(new Network(high, low, prefix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "other", "localhost", "10.0.1", "10.0.1.256", "010.0.1.4", "10.0.1.4/", "10.0.1.4/x",
        "10.0.1.4/24/24", ":", "1::2::3", "fe80::1%eth0", "[::1]", "::1/-1", "abcd",
            "10.0.1.4:3306",
      })
  void shouldRefuseOtherText(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is neither an address nor a network");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.0/33, has a length past 32",
    "::/129, has a length past 128",
    "10.0.1.4/24, has bits set behind its first 24",
    "2001:db8::1/32, has bits set behind its first 32",
  })
  void shouldSayWhichRuleALengthBreaks(String text, String rule) {
    assertThatThrownBy(() -> Network.parse(text)).hasMessage(rule);
  }

  @Test
  void shouldTellTheFamiliesApart() {
    assertThat(Network.parse("10.0.1.4").isIpv4()).isTrue();
    assertThat(Network.parse("0.0.0.0/0").isIpv4()).isTrue();
    assertThat(Network.parse("::1").isIpv4()).isFalse();
    assertThat(Network.parse("::/0").isIpv4()).isFalse();
  }

  @Test
  void shouldGiveTheAddressThatIsLookedUp() {
    assertThat(Network.parse("10.0.1.4").first().getHostAddress()).isEqualTo("10.0.1.4");
    assertThat(Network.parse("2001:db8::5").first().getHostAddress())
        .isEqualTo("2001:db8:0:0:0:0:0:5");
  }
}
