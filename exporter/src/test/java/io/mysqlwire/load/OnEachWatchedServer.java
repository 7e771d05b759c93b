package io.mysqlwire.load;

import io.mysqlwire.bpf.TapException;
import io.mysqlwire.exactness.Taps;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** The same, under taps that were there first: to load them takes seconds under emulation. */
abstract class OnEachWatchedServer extends OnEachServer {
  private static @Nullable Taps taps;

  @BeforeParameterizedClassInvocation
  static void attach() throws TapException {
    taps = Taps.attach(server().port());
  }

  @AfterParameterizedClassInvocation
  static void detach() {
    taps().close();
  }

  static Taps taps() {
    return Objects.requireNonNull(taps);
  }

  static Waiting waiting() {
    return new Waiting(taps());
  }
}
