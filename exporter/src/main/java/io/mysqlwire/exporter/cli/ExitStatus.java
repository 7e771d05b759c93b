package io.mysqlwire.exporter.cli;

/** What the process tells its caller. */
final class ExitStatus {
  static final int OK = 0;

  /** The host refused: no privilege, a port in use, a kernel that can't. */
  static final int REFUSED = 1;

  /** The command line, an environment variable or a file of theirs has to be mended. */
  static final int USAGE = 2;

  /**
   * Asked to end, it could not close everything in time, and ended all the same. Not 3, with which
   * the JVM ends out of memory.
   */
  static final int NOT_CLOSED = 4;

  private ExitStatus() {}
}
