package io.mysqlwire.bench;

/** One line on standard error for each step, with the seconds since the beginning. */
final class Progress {
  private final String bench;
  private final long started = System.nanoTime();

  Progress(String bench) {
    this.bench = bench;
  }

  void say(String step) {
    long seconds = (System.nanoTime() - started) / 1_000_000_000;
    System.err.println(bench + ": " + step + " … (" + seconds + " s)");
  }
}
