package io.mysqlwire.exporter.cli;

/** What the process tells its caller. */
final class ExitStatus {
  static final int OK = 0;

  /** The host refused: no privilege, a port in use, a kernel that can't. */
  static final int REFUSED = 1;

  /** The command line or an environment variable has to be mended. */
  static final int USAGE = 2;

  private ExitStatus() {}
}
