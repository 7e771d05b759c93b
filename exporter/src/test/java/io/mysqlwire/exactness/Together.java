package io.mysqlwire.exactness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The same thing done by several threads at once. */
final class Together {
  private static final int THREADS = 4;

  private Together() {}

  /** Something that one thread does. */
  interface Part {
    void run(int thread) throws Exception;
  }

  static void run(Part part) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<@Nullable Void>> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        parts.add(
            () -> {
              part.run(thread);
              return null;
            });
      }
      for (Future<?> done : threads.invokeAll(parts)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
