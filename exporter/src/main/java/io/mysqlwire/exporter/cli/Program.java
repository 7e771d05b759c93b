package io.mysqlwire.exporter.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import io.mysqlwire.exporter.build.BuildIdentity;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** One call of the program: reads the command line, carries out the command, tells how it went. */
public final class Program {
  private static final String NAME = "mysql-wire-exporter";

  private final Environment environment;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * A program about to run.
   *
   * @param variables environment variables
   * @param out where help, version and reports go
   * @param err where problems go
   */
  public Program(Map<String, String> variables, PrintStream out, PrintStream err) {
    this.environment = new Environment(variables);
    this.out = out;
    this.err = err;
  }

  /**
   * Runs to its end, for some commands until a signal.
   *
   * @return exit status of the process
   */
  public int run(String... arguments) {
    try {
      return dispatch(ParsedLine.parse(commandLine(), environment, arguments));
    } catch (RefusedException e) {
      report(e.problems());
    } catch (RuntimeException | LinkageError e) {
      report(
          List.of(
              "internal error, please report it with the log of --log.level=debug: "
                  + String.valueOf(e).replaceAll("\\s+", " ")));
      // Not before here: at level debug this is the stack trace, at others nothing.
      Logger log = LoggerFactory.getLogger(Program.class);
      log.debug("internal error", e);
    }
    return ExitStatus.REFUSED;
  }

  private int dispatch(ParsedLine line) throws RefusedException {
    if (line.wantsHelp()) {
      line.command().usage(out, Ansi.OFF);
      return ExitStatus.OK;
    }
    if (line.wantsVersion()) {
      BuildIdentity build = BuildIdentity.read();
      out.println(NAME + " " + build.version() + " (revision " + build.revision() + ")");
      return ExitStatus.OK;
    }
    line.ignored().ifPresent(warning -> report(List.of(warning)));
    FlagChecks checks = new FlagChecks(line::origin, line.problems());
    int status =
        line.hasValues() && line.command().getCommand() instanceof Action action
            ? action.run(checks, out)
            : ExitStatus.USAGE;
    report(checks.problems());
    return status;
  }

  CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new RootCommand());
    commandLine.setUnmatchedArgumentsAllowed(true);
    commandLine.setOverwrittenOptionsAllowed(true); // the last one wins, as in most programs
    commandLine.setDefaultValueProvider(environment);
    commandLine.setNegatableOptionTransformer(new DottedNegation());
    configure(commandLine);
    commandLine.getSubcommands().values().forEach(Program::configure);
    return commandLine;
  }

  private static void configure(CommandLine command) {
    command.getCommandSpec().parser().collectErrors(true);
    command.getCommandSpec().usageMessage().width(100);
    command.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, new FlagHelp());
    command.getHelpSectionMap().put(SECTION_KEY_SYNOPSIS_HEADING, help -> "\nUsage: ");
    command
        .getHelpSectionMap()
        .put(
            SECTION_KEY_COMMAND_LIST_HEADING,
            help -> help.subcommands().isEmpty() ? "" : "\nCommands:\n");
  }

  private void report(List<String> problems) {
    problems.forEach(problem -> err.println(NAME + ": " + problem));
  }
}
