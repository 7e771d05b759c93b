package io.mysqlwire.exporter.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every flag of every command, as the program's help has it. */
public final class FlagTable {
  private FlagTable() {}

  /** The commands by name. */
  static Map<String, CommandLine> commands() {
    return new TreeMap<>(new CommandLine(new RootCommand()).getSubcommands());
  }

  /** But help and version, which all commands have. */
  static Stream<OptionSpec> flags(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp());
  }

  public static String markdown() {
    Map<String, OptionSpec> flags = new LinkedHashMap<>();
    Map<String, Set<String>> users = new LinkedHashMap<>();
    // Who takes most of them comes first: the others' are then among them, in the same order.
    commands().entrySet().stream()
        .sorted((a, b) -> Long.compare(flags(b.getValue()).count(), flags(a.getValue()).count()))
        .forEach(
            command ->
                flags(command.getValue())
                    .forEach(
                        flag -> {
                          flags.putIfAbsent(flag.longestName(), flag);
                          users
                              .computeIfAbsent(flag.longestName(), unused -> new TreeSet<>())
                              .add("`" + command.getKey() + "`");
                        }));
    StringBuilder table =
        new StringBuilder("| flag | default | commands | meaning |\n|---|---|---|---|\n");
    flags.forEach((name, flag) -> table.append(row(flag, String.join(", ", users.get(name)))));
    return table.toString();
  }

  private static String row(OptionSpec flag, String commands) {
    String name = flag.longestName();
    String text =
        flag.negatable()
            ? "`" + name + "`, `--no-" + name.substring("--".length()) + "`"
            : "`" + name + "=" + flag.paramLabel() + "`";
    String value = Optional.ofNullable(flag.defaultValue()).orElse("");
    String shown = flag.negatable() ? (value.equals("true") ? "on" : "off") : "`" + value + "`";
    return String.format(
        "| %s | %s | %s | %s |%n",
        text, value.isEmpty() ? "" : shown, commands, String.join(" ", flag.description()));
  }
}
