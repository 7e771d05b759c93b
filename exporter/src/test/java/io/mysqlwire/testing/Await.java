package io.mysqlwire.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waiting for what others will do: another process, another thread, the kernel. */
public final class Await {
  /** A bound, not an expectation: a machine under emulation is twenty times slower. */
  private static final int SECONDS = 120;

  private static final int PAUSE_MILLISECONDS = 20;

  private Await() {}

  /** Returns once {@code condition} holds; fails, naming it, when it never does. */
  public static void until(String name, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + SECONDS + " s: " + name);
      }
      Thread.sleep(PAUSE_MILLISECONDS);
    }
  }
}
