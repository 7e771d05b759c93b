package io.mysqlwire.exporter.cli;

import java.io.PrintStream;

/** A command that can be carried out once its flags are filled in. */
interface Action {
  /**
   * Carries the command out, unless {@code checks} has or finds problems: then it does nothing and
   * the caller reports them.
   *
   * @return exit status of the process
   * @throws RefusedException when the host does not allow it
   */
  int run(FlagChecks checks, PrintStream out) throws RefusedException;
}
