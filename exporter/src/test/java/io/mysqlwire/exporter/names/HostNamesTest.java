package io.mysqlwire.exporter.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  @Test
  void shouldAskTheHostsOwnResolver() throws Exception {
    assertThat(HostNames.lookUp(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
        .contains("localhost");
  }

  @ParameterizedTest
  @CsvSource({
    "checkout-1.Shop.Example.COM, checkout-1.shop.example.com",
    "db1.example.com., db1.example.com",
    "host, host",
    "_dmarc.x1, _dmarc.x1",
    "4.1.0.10.example, 4.1.0.10.example",
  })
  void shouldShowNamesInOneForm(String name, String shown) {
    assertThat(HostNames.clean(name)).contains(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "a b",
        "a\nb",
        "<script>",
        "name{x=\"y\"}",
        "10.0.1.4",
        "2001:db8::1",
        "caf\u00e9.example",
        "a.example..",
      })
  void shouldRefuseWhatIsNoHostName(String name) {
    assertThat(HostNames.clean(name)).isEmpty();
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertThat(HostNames.clean(longest)).contains(longest);
    assertThat(HostNames.clean(longest + "a")).isEmpty();
    assertThat(HostNames.clean("a".repeat(64))).isEmpty();
  }
}
