package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Each flag of each command can be set by its variable. */
class EnvironmentTest {
  static Stream<Arguments> flags() {
    return FlagTable.commands().entrySet().stream()
        .flatMap(
            command ->
                FlagTable.flags(command.getValue())
                    .map(flag -> Arguments.of(command.getKey(), flag.longestName())));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void shouldTakeEveryFlagFromItsVariable(String command, String flag) {
    OptionSpec before = option(Map.of(), command, flag);
    boolean other = before.negatable() && !Boolean.parseBoolean(text(before));
    String value = before.negatable() ? String.valueOf(other) : "/a/value";
    OptionSpec after = option(Map.of(Environment.variableOf(flag), value), command, flag);
    assertThat(text(after)).isEqualTo(value).isNotEqualTo(text(before));
    assertThat(text(option(Map.of(Environment.variableOf(flag), ""), command, flag)))
        .as("an empty variable is none")
        .isEqualTo(text(before));
  }

  @ParameterizedTest
  @MethodSource("flags")
  void shouldNameTheVariableInTheHelp(String command, String flag) {
    CommandLine spoken = option(Map.of(), command, flag).command().commandLine();
    assertThat(spoken.getUsageMessage()).contains(Environment.variableOf(flag));
  }

  private static OptionSpec option(Map<String, String> variables, String command, String flag) {
    CommandLine commandLine = commandLine(variables);
    return commandLine.parseArgs(command).subcommand().commandSpec().findOption(flag);
  }

  private static CommandLine commandLine(Map<String, String> variables) {
    return new Program(variables, System.out, System.err).commandLine();
  }

  private static String text(OptionSpec option) {
    Object value = option.getValue();
    return value instanceof List<?> list && list.size() == 1
        ? String.valueOf(list.get(0))
        : String.valueOf(value);
  }
}
