package io.mysqlwire.exporter;

import io.mysqlwire.exporter.cli.Program;

/** The entry point, and the only place that ends the process on its own account. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    System.exit(new Program(System.getenv(), System.out, System.err).run(args));
  }
}
