package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.WatchedPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TapFlagsTest {
  private static final Path ROOT = Path.of("/cgroup-root");

  private final FlagChecks checks = new FlagChecks(flag -> flag, List.of());

  @Test
  void shouldHaveTheDefaultsOfTheContract() {
    assertThat(resolve(Map.of()))
        .contains(
            new TapConfig(
                WatchedPorts.ofServers(),
                TapChoice.AUTO,
                ROOT,
                32,
                128,
                true,
                false,
                4096,
                32_768,
                32_768));
  }

  @Test
  void shouldTakeEveryFlag(@TempDir Path cgroup) throws Exception {
    Files.createFile(cgroup.resolve("cgroup.controllers"));
    assertThat(
            resolve(
                Map.of(),
                "--mysql.port=3307",
                "--mysql.port=3308,3309,auto",
                "--tap=tracing",
                "--cgroup.path=" + cgroup,
                "--backend.ipv4-prefix=24",
                "--backend.ipv6-prefix",
                "64",
                "--no-backend.user",
                "--backend.max=100"))
        .contains(
            new TapConfig(
                new WatchedPorts(List.of(3307, 3308, 3309), true),
                TapChoice.TRACING,
                cgroup,
                24,
                64,
                false,
                false,
                100,
                32_768,
                800));
  }

  @Test
  void shouldTakeEnvironmentVariablesWhereNoFlagIsGiven() {
    Map<String, String> variables =
        Map.of(
            "MYSQL_WIRE_MYSQL_PORT", "3307,3308",
            "MYSQL_WIRE_TAP", "tracing",
            "MYSQL_WIRE_BACKEND_USER", "false",
            "MYSQL_WIRE_BACKEND_IPV4_PREFIX", "16",
            "MYSQL_WIRE_BACKEND_MAX", "");
    assertThat(resolve(variables, "--tap=cgroup"))
        .contains(
            new TapConfig(
                new WatchedPorts(List.of(3307, 3308), false),
                TapChoice.CGROUP,
                ROOT,
                16,
                128,
                false,
                false,
                4096,
                32_768,
                32_768));
  }

  @Test
  void shouldLetTheFlagWinOverAVariableThatSwitchesOff() {
    assertThat(resolve(Map.of("MYSQL_WIRE_BACKEND_USER", "false"), "--backend.user"))
        .hasValueSatisfying(config -> assertThat(config.users()).isTrue());
    assertThat(resolve(Map.of("MYSQL_WIRE_BACKEND_USER", "true"), "--no-backend.user"))
        .hasValueSatisfying(config -> assertThat(config.users()).isFalse());
  }

  @Test
  void shouldRefuseMorePortsThanThereIsRoomFor() {
    assertThat(resolve(Map.of(), "--mysql.port=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17"))
        .isEmpty();
    assertThat(checks.problems())
        .containsExactly("--mysql.port: 17 ports are too many; give at most 16");
  }

  private Optional<TapConfig> resolve(Map<String, String> variables, String... arguments) {
    TapFlags flags = new TapFlags();
    new CommandLine(flags)
        .setDefaultValueProvider(new Environment(variables))
        .setNegatableOptionTransformer(new DottedNegation())
        .parseArgs(arguments);
    return flags.resolve(checks, ROOT);
  }
}
