package io.mysqlwire.exporter.cli;

import picocli.CommandLine.Command;

/** The program without a command: help and version. */
@Command(
    name = "mysql-wire-exporter",
    mixinStandardHelpOptions = true,
    header = "What MySQL and MariaDB answer to whom, counted in the kernel for Prometheus.",
    customSynopsis = "mysql-wire-exporter COMMAND [flags]",
    subcommands = {
      RunCommand.class,
      LoadCommand.class,
      ServeCommand.class,
      UnloadCommand.class,
      CheckCommand.class
    },
    footer = {
      "",
      "Every flag can be set by an environment variable as well; each command's help",
      "names them: mysql-wire-exporter run --help",
      "",
      "Examples:",
      "  mysql-wire-exporter check        what does this host allow?",
      "  mysql-wire-exporter run          watch port 3306, serve http://localhost:10306/metrics",
      "",
      "On a database host, with no privilege in the process that has the open port:",
      "  mysql-wire-exporter load         as root: load, attach, pin, and end",
      "  mysql-wire-exporter serve        as any user: serve what is pinned"
    })
final class RootCommand {}
