package io.mysqlwire.exporter.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command line taken apart, with all that is wrong with its form. */
final class ParsedLine {
  private static final String PROGRAM = "mysql-wire-exporter";

  private final Environment environment;
  private final ParseResult root;
  private final ParseResult leaf;

  private ParsedLine(Environment environment, ParseResult root) {
    this.environment = environment;
    this.root = root;
    this.leaf = root.hasSubcommand() ? root.subcommand() : root;
  }

  static ParsedLine parse(CommandLine commandLine, Environment environment, String... arguments) {
    return new ParsedLine(environment, commandLine.parseArgs(arguments));
  }

  /** The command that was given; the program itself when there was none. */
  CommandLine command() {
    return leaf.commandSpec().commandLine();
  }

  boolean wantsHelp() {
    return root.isUsageHelpRequested() || leaf.isUsageHelpRequested();
  }

  boolean wantsVersion() {
    return root.isVersionHelpRequested() || leaf.isVersionHelpRequested();
  }

  /**
   * Whether the flags have values to be checked; after some errors picocli leaves the rest of them
   * without even their defaults.
   */
  boolean hasValues() {
    return Stream.of(root, leaf)
        .flatMap(part -> part.errors().stream())
        .allMatch(MissingParameterException.class::isInstance);
  }

  /** Where the value of a flag came from: the flag or the variable. */
  String origin(String flag) {
    return !leaf.hasMatchedOption(flag) && environment.has(flag)
        ? Environment.variableOf(flag)
        : flag;
  }

  /** What is set in the environment and left alone on purpose, in one line. */
  Optional<String> ignored() {
    return environment.ignored(
        leaf.commandSpec().options().stream().map(OptionSpec::longestName).toList());
  }

  /** What is wrong with the form of the line, one line each. */
  List<String> problems() {
    Set<String> problems = new LinkedHashSet<>();
    unmatched(problems);
    for (ParseResult part : List.of(root, leaf)) {
      for (Exception error : part.errors()) {
        if (error instanceof ParameterException problem) {
          problems.add(describe(problem));
        }
      }
    }
    problems.addAll(environment.problems());
    if (problems.isEmpty() && leaf == root) {
      problems.add(
          "no command given; give one of " + String.join(", ", commands()) + " (" + help() + ")");
    }
    return new ArrayList<>(problems);
  }

  private void unmatched(Set<String> problems) {
    Set<String> words = new LinkedHashSet<>(root.unmatched());
    words.addAll(leaf.unmatched());
    boolean valueOfUnknownFlag = false;
    for (String word : words) {
      if (word.startsWith("-")) {
        problems.add(unknownFlag(word.replaceFirst("=.*", "")));
        valueOfUnknownFlag = !word.contains("=");
      } else if (valueOfUnknownFlag) {
        valueOfUnknownFlag = false;
      } else if (leaf == root) {
        problems.add(word + ": unknown command; " + didYouMean(word, commands()));
      } else {
        problems.add(word + ": unexpected; flags begin with -- (" + help() + ")");
      }
    }
  }

  private String unknownFlag(String flag) {
    Set<String> known = new TreeSet<>();
    for (CommandLine command : commandsOrSelf()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        known.addAll(List.of(option.names()));
        if (option.negatable()) {
          known.add("--no-" + option.longestName().substring("--".length()));
        }
      }
    }
    if (known.contains(flag)) {
      return flag + ": misplaced; give it after the command";
    }
    return flag + ": unknown flag; " + didYouMean(flag, known);
  }

  /** The flags of every command count when none was given. */
  private Collection<CommandLine> commandsOrSelf() {
    return leaf == root ? command().getSubcommands().values() : List.of(command());
  }

  private Set<String> commands() {
    Map<String, CommandLine> subcommands = root.commandSpec().commandLine().getSubcommands();
    return new TreeSet<>(subcommands.keySet());
  }

  private String didYouMean(String word, Collection<String> candidates) {
    return Suggestion.nearest(word, candidates)
        .map(candidate -> "did you mean " + candidate + "?")
        .orElse("see " + help());
  }

  private String help() {
    return (leaf == root ? PROGRAM : PROGRAM + " " + leaf.commandSpec().name()) + " --help";
  }

  private String describe(ParameterException problem) {
    if (problem instanceof MissingParameterException missing) {
      String flag = name(missing.getMissing().get(0));
      return flag + ": has no value; give it one, as in " + flag + "=VALUE";
    }
    String flag = name(problem.getArgSpec());
    if (problem.getArgSpec() instanceof OptionSpec option && option.negatable()) {
      return flag + ": takes no value; give " + flag + " or --no-" + flag.substring(2);
    }
    String text = String.valueOf(problem.getMessage()).replaceAll("\\s+", " ");
    return flag + ": " + text + "; see " + help();
  }

  private static String name(@Nullable ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : "command line";
  }
}
