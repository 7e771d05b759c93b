package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is peculiar to the process of a server, beside its options. */
public interface ServerVariant {
  /** Nothing. */
  ServerVariant USUAL = (command, directory) -> command;

  /**
   * Its command line.
   *
   * @param command the usual one
   * @param directory of this server alone, for further files
   */
  List<String> command(List<String> command, Path directory) throws IOException;

  /** It has such variables in its environment. */
  static ServerVariant environment(Map<String, String> variables) {
    return (command, directory) -> {
      List<String> wrapped = new ArrayList<>(List.of("env"));
      variables.forEach((name, value) -> wrapped.add(name + "=" + value));
      wrapped.addAll(command);
      return wrapped;
    };
  }

  /**
   * It looks up the names of its clients, as lines of /etc/hosts, in a mount namespace of its own.
   * Needs root.
   */
  static ServerVariant knowing(String hosts) {
    return (command, directory) -> {
      Path file = Files.writeString(directory.resolve("hosts"), hosts);
      String script = "mount --bind \"$1\" /etc/hosts && shift && exec \"$@\"";
      List<String> wrapped =
          new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, "sh", file.toString()));
      wrapped.addAll(command);
      // MySQL takes no =0 for it.
      wrapped.remove("--skip-name-resolve");
      return wrapped;
    };
  }

  /**
   * It is a fork, in which a function's name stands for another one.
   *
   * @param function beginning of the name, as compilers mangle it
   * @param meant the same of the function that it stands for
   */
  static ServerVariant fork(String function, String meant) {
    return (command, directory) -> {
      List<String> forked = new ArrayList<>(command);
      Path program = Path.of(command.get(0));
      forked.set(0, ForkedProgram.make(program, directory, function, meant).toString());
      return forked;
    };
  }
}
