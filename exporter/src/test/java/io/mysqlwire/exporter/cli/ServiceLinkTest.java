package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceLinkTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"tcp://10.0.0.1:3306", "udp://[fd00::1]:53", "sctp://mysql-wire.default.svc:9"})
  void shouldIgnoreWhatKubernetesSetsForServices(String value) {
    Environment environment = new Environment(Map.of("MYSQL_WIRE_MYSQL_PORT", value));
    assertThat(environment.has("--mysql.port")).isFalse();
    assertThat(environment.ignored(List.of("--tap", "--mysql.port")))
        .hasValueSatisfying(
            warning ->
                assertThat(warning).startsWith("MYSQL_WIRE_MYSQL_PORT: ignored; Kubernetes"));
  }

  @Test
  void shouldIgnoreNothingThatPeopleSet() {
    Environment environment =
        new Environment(
            Map.of("MYSQL_WIRE_MYSQL_PORT", "3307", "MYSQL_WIRE_WEB_LISTEN_ADDRESS", "[::1]:9"));
    assertThat(environment.has("--mysql.port")).isTrue();
    assertThat(environment.has("--web.listen-address")).isTrue();
    assertThat(environment.ignored(List.of("--mysql.port", "--web.listen-address"))).isEmpty();
  }
}
