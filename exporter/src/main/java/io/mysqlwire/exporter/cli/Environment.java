package io.mysqlwire.exporter.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The environment variables that stand for flags: {@code --mysql.port} is {@code
 * MYSQL_WIRE_MYSQL_PORT}. A flag on the command line wins; an empty variable counts as unset.
 *
 * <p>Variables with our prefix that name no flag are left alone, typing errors included: Kubernetes
 * sets {@code MYSQL_WIRE_EXPORTER_PORT} and the like for a Service of our name.
 */
final class Environment implements IDefaultValueProvider {
  private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://\\S+:\\d+");

  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  static String variableOf(String flag) {
    return "MYSQL_WIRE_"
        + flag.substring("--".length())
            .replace('.', '_')
            .replace('-', '_')
            .toUpperCase(Locale.ROOT);
  }

  boolean has(String flag) {
    String value = variables.getOrDefault(variableOf(flag), "");
    return !value.isEmpty() && !isServiceLink(value);
  }

  /**
   * Kubernetes sets {@code MYSQL_WIRE_MYSQL_PORT=tcp://10.0.0.1:3306} in every container of a
   * namespace that has a Service named {@code mysql-wire-mysql}; it means no flag.
   */
  private static boolean isServiceLink(String value) {
    return SERVICE_LINK.matcher(value).matches();
  }

  /** What is set and ignored, in one line; empty when nothing is. */
  Optional<String> ignored(Collection<String> flags) {
    String names =
        flags.stream()
            .map(Environment::variableOf)
            .filter(variable -> isServiceLink(variables.getOrDefault(variable, "")))
            .distinct()
            .sorted()
            .collect(joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            names
                + ": ignored; Kubernetes sets it for a Service of that name (to have it as a flag,"
                + " set enableServiceLinks: false for the pod)");
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !has(option.longestName())) {
      return null;
    }
    String variable = variableOf(option.longestName());
    String value = variables.getOrDefault(variable, "");
    if (option.negatable() && !value.equals("true") && !value.equals("false")) {
      problems.add(variable + ": \"" + value + "\" is neither true nor false; set one of the two");
      return null;
    }
    return value;
  }

  /** What is wrong with values that never reach a flag. */
  List<String> problems() {
    return problems;
  }
}
