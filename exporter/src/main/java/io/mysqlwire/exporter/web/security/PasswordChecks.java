package io.mysqlwire.exporter.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mysqlwire.exporter.input.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passwords checked one at a time, on a thread of their own, with what came out remembered.
 *
 * <p>A bcrypt takes some 60 ms of a CPU. Nobody waits for one on a thread of the web server, and
 * only so many can wait at all. Right passwords are remembered apart from wrong ones: however many
 * of those come, a scraper that was right before passes without a bcrypt.
 */
final class PasswordChecks implements AutoCloseable {
  private static final int MOST_REMEMBERED = 1_000;
  private static final int IDLE_SECONDS = 60;

  /** What came out. */
  enum Verdict {
    RIGHT,
    WRONG,
    /** Not checked: too many wait. */
    BUSY
  }

  private final Fingerprints fingerprints = new Fingerprints();
  private final Cache<String, Verdict> right = remembered();
  private final Cache<String, Verdict> wrong = remembered();
  private final WaitingLogins waiting = new WaitingLogins();
  private final ThreadPoolExecutor thread;

  PasswordChecks() {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            PasswordChecks::named);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread named(Runnable checks) {
    Thread thread = new Thread(checks, "passwords");
    thread.setDaemon(true);
    return thread;
  }

  private static Cache<String, Verdict> remembered() {
    return Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).executor(Runnable::run).build();
  }

  /**
   * Checks credentials.
   *
   * @param users hashes by name; a name that is not among them takes as long
   * @param address of the client
   * @param then called once with what came out, here or on the thread of the checks
   */
  void check(
      Credentials credentials, Map<String, Secret> users, String address, Consumer<Verdict> then) {
    @Nullable Secret known = users.get(credentials.user());
    Secret hash = known != null ? known : Bcrypt.decoy(users.values());
    String fingerprint = fingerprints.of(credentials, hash);
    Verdict before = right.getIfPresent(fingerprint);
    if (before == null) {
      before = wrong.getIfPresent(fingerprint);
    }
    if (before != null) {
      then.accept(before);
      return;
    }
    switch (waiting.add(fingerprint, address, then)) {
      case REFUSED -> then.accept(Verdict.BUSY);
      case JOINED -> {}
      case FIRST -> enqueue(fingerprint, address, credentials, hash, known != null);
    }
  }

  private void enqueue(
      String fingerprint, String address, Credentials credentials, Secret hash, boolean known) {
    try {
      thread.execute(
          () -> {
            Verdict verdict = Verdict.BUSY;
            try {
              boolean matches = Bcrypt.verify(credentials.passwordBytes(), hash);
              verdict = matches && known ? Verdict.RIGHT : Verdict.WRONG;
              (verdict == Verdict.RIGHT ? right : wrong).put(fingerprint, verdict);
            } finally {
              settle(fingerprint, address, verdict);
            }
          });
    } catch (RejectedExecutionException e) {
      settle(fingerprint, address, Verdict.BUSY); // the server is stopping
    }
  }

  private void settle(String fingerprint, String address, Verdict verdict) {
    List<Consumer<Verdict>> all = new ArrayList<>(waiting.remove(fingerprint, address));
    all.forEach(then -> then.accept(verdict));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
