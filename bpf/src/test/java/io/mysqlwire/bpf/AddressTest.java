package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:0:0:0:1, 2001:db8::1",
    "0:0:0:0:0:0:0:1, ::1",
    "0:0:0:0:0:0:0:0, ::",
    "fe80:0:0:0:1:0:0:1, fe80::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
  })
  void shouldWriteIpv6AsRfc5952(String address, String expected) throws UnknownHostException {
    ByteBuffer buffer = ByteBuffer.allocate(20).put(4, InetAddress.getByName(address).getAddress());
    assertThat(Address.text(buffer, 4)).isEqualTo(expected);
  }

  @Test
  void shouldWriteMappedAddressesAsIpv4() {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 2};
    assertThat(Address.text(ByteBuffer.wrap(mapped), 0)).isEqualTo("127.0.0.2");
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::2, 5, fe80::2%5",
    "febf::2, 5, febf::2%5",
    "fec0::2, 5, fec0::2",
    "fe80::2, 0, fe80::2",
    "2001:db8::2, 5, 2001:db8::2"
  })
  void shouldNameTheInterfaceOfLinkLocalAddresses(String address, int zone, String expected)
      throws UnknownHostException {
    ByteBuffer buffer = ByteBuffer.wrap(InetAddress.getByName(address).getAddress());
    assertThat(Address.text(buffer, 0, zone)).isEqualTo(expected);
  }

  @Test
  void shouldBracketIpv6Endpoints() {
    assertThat(Address.endpoint("10.0.0.7", 3306)).isEqualTo("10.0.0.7:3306");
    assertThat(Address.endpoint("::1", 3306)).isEqualTo("[::1]:3306");
  }

  @Test
  void shouldMaskTheHostBitsOfEitherFamily() {
    assertThat(Address.mask(24, 32))
        .containsExactly(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0);
    assertThat(Address.mask(20, 32)).endsWith(-1, -1, -16, 0);
    assertThat(Address.mask(0, 128)).containsOnly(0);
    assertThat(Address.mask(128, 128)).containsOnly(-1);
  }
}
