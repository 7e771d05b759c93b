package io.mysqlwire.exporter.cli;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/** The list of flags in a command's help: grouped, each with its default and its variable. */
final class FlagHelp implements IHelpSectionRenderer {
  private static final int COLUMN = 32;

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "What to watch", List.of("--mysql.", "--tap", "--tls", "--cgroup.", "--kernel.")),
          new Group(
              "How finely to count",
              List.of("--backend.ipv", "--backend.proxy", "--backend.user", "--backend.max")),
          new Group("How backends are shown", List.of("--backend.names", "--backend.idle-timeout")),
          new Group("Health", List.of("--probe.", "--health.")),
          new Group("Pins", List.of("--bpf.")),
          new Group("Web pages", List.of("--web.")),
          new Group("Log", List.of("--log.")),
          new Group("Other", List.of("--help", "--version")));

  /** The flags that begin with one of the prefixes, under one heading. */
  private record Group(String heading, List<String> prefixes) {
    boolean has(OptionSpec option) {
      return prefixes.stream().anyMatch(option.longestName()::startsWith);
    }
  }

  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    for (Group group : GROUPS) {
      List<OptionSpec> options = help.commandSpec().options().stream().filter(group::has).toList();
      if (!options.isEmpty()) {
        text.append('\n').append(group.heading()).append(":\n");
        options.forEach(option -> append(text, option));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, OptionSpec option) {
    String left = "  " + name(option);
    for (String line : option.description()) {
      appendLine(text, left, line);
      left = "";
    }
    if (!option.usageHelp() && !option.versionHelp()) {
      String variable = Environment.variableOf(option.longestName());
      String defaultValue = option.defaultValue();
      appendLine(
          text, "", (defaultValue == null ? "" : "default " + defaultValue + ", ") + variable);
    }
  }

  private static void appendLine(StringBuilder text, String left, String right) {
    text.append(left)
        .append(" ".repeat(Math.max(1, COLUMN - left.length())))
        .append(right)
        .append('\n');
  }

  private static String name(OptionSpec option) {
    if (option.negatable()) {
      return "--[no-]" + option.longestName().substring("--".length());
    }
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
  }
}
