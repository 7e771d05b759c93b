package io.mysqlwire.exporter.health.probe;

import io.mysqlwire.exporter.health.probe.Question.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;

/**
 * One probe of one server: a thread, and a connection that is kept while all is well.
 *
 * <p>A question that hangs is not taken back at its deadline: it goes on to wait, for the answer is
 * the first sign that the server is back. Once {@link #patience} is over its connection is closed
 * and the server told to end the session.
 */
final class Probe implements AutoCloseable {
  private final ProbeKind kind;
  private final Dialer dialer;
  private final Question question;
  private final ProbeSettings settings;
  private final Gate gate;
  private final Thread thread;

  private volatile @Nullable Connection connection;
  private volatile @Nullable RawSocket socket;
  private volatile Attempt attempt = Attempt.NONE;
  private volatile Result last;
  private volatile boolean closed;
  private volatile long patience;
  private boolean soon;

  /** Whether there is any sense in connecting, and whom to tell of one that was given up. */
  interface Gate {
    /** Whether connections can be made, as far as is known. */
    boolean isOpen();

    /** This one broke, so others may be broken. */
    void lost();

    /** The server may still work for this session. */
    void abandoned(long session);
  }

  /** What is under way since when, by {@link System#nanoTime}; 0 for nothing. */
  private record Attempt(long began, String what) {
    static final Attempt NONE = new Attempt(0, "");
  }

  /** Of an attempt that ended. */
  private record Result(Finding finding, long took, long ended, int code, String message) {}

  Probe(
      ProbeKind kind,
      String server,
      Dialer dialer,
      Question question,
      ProbeSettings settings,
      Gate gate) {
    this.kind = kind;
    this.dialer = dialer;
    this.question = question;
    this.settings = settings;
    this.gate = gate;
    this.last = new Result(Finding.PENDING, 0, System.nanoTime(), 0, "not asked yet");
    this.patience = firstPatience();
    thread = new Thread(this::run, "probe-" + kind.label() + '-' + server);
    thread.setDaemon(true);
  }

  Probe start() {
    thread.start();
    return this;
  }

  private long firstPatience() {
    return TimeUnit.SECONDS.toNanos(settings.patienceSeconds());
  }

  private void run() {
    while (!closed) {
      Finding before = last.finding();
      if (connection != null || gate.isOpen()) {
        if (attempt() == Finding.LATE && before != Finding.LATE) {
          continue; // it may be over: another look tells
        }
      }
      LockSupport.parkNanos(pause(before));
    }
    drop();
  }

  /**
   * An account that is refused is not asked for more often than needed. The first answer that is
   * not well is soon followed by another question: it may be over in a moment.
   */
  private long pause(Finding before) {
    Duration interval = settings.interval();
    boolean isFirst = soon || (before == Finding.OK && last.finding() != Finding.OK);
    Duration pause =
        isFirst
            ? interval.dividedBy(4)
            : last.finding() == Finding.DENIED ? interval.multipliedBy(2) : interval;
    return pause.toNanos();
  }

  /** Asks once; once more when a connection that was kept turns out to be gone. */
  private Finding attempt() {
    boolean kept = connection != null;
    Result result = attemptOnce();
    if (kept && result.finding() == Finding.LOST) {
      gate.lost();
      result = attemptOnce();
    }
    last = result;
    attempt = Attempt.NONE;
    return result.finding();
  }

  private Result attemptOnce() {
    long began = System.nanoTime();
    soon = false;
    try {
      Connection open = connection;
      if (open == null) {
        attempt = new Attempt(began, "connecting");
        open = connect();
      }
      attempt = new Attempt(began, "asking");
      Answer answer = question.ask(open);
      patience = firstPatience();
      soon = answer.soon();
      return answered(answer, began);
    } catch (SQLException e) {
      return failed(e, began);
    } catch (RuntimeException e) {
      drop(); // the driver is at odds with what it got
      return ended(Finding.FAILED, began, 0, String.valueOf(e));
    } finally {
      if (kind == ProbeKind.CONNECT) {
        drop();
      }
    }
  }

  private Connection connect() throws SQLException {
    RawSocket next = dialer.newSocket();
    socket = next;
    Connection open = dialer.open(next);
    connection = open;
    return open;
  }

  private Result answered(Answer answer, long began) {
    long took = System.nanoTime() - began;
    return answer.finding() == Finding.OK && took > settings.timeout().toNanos()
        ? ended(Finding.LATE, began, 0, "answered past its deadline")
        : ended(answer.finding(), began, 0, answer.message());
  }

  private Result failed(SQLException e, long began) {
    RawSocket raw = Objects.requireNonNull(socket);
    Finding finding = Findings.of(e, raw, connection != null);
    boolean givenUp = raw.isAborted();
    if (connection == null || !Findings.leavesSession(e, finding)) {
      drop();
    }
    return givenUp
        ? ended(Finding.HANGS, began, 0, "no answer, given up")
        : ended(finding, began, e.getErrorCode(), Findings.message(e, raw));
  }

  private static Result ended(Finding finding, long began, int code, String message) {
    long now = System.nanoTime();
    return new Result(finding, now - began, now, code, message);
  }

  /** Called again and again from outside: gives up what has hung for too long. Never waits. */
  void tick() {
    Attempt now = attempt;
    RawSocket raw = socket;
    if (now.began() == 0 || raw == null || raw.isAborted()) {
      return;
    }
    if (System.nanoTime() - now.began() > patience) {
      patience = Math.min(2 * patience, TimeUnit.MINUTES.toNanos(5));
      Connection open = connection;
      if (open != null) {
        gate.abandoned(open.getThreadId());
      }
      raw.abort();
    }
  }

  private void abort() {
    RawSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  /** Closes the connection, with a word to the server when all is well. */
  private void drop() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // Then the socket is closed without a word.
      }
    }
    abort();
    socket = null;
  }

  /** Does not wait for the next turn. */
  void wake() {
    LockSupport.unpark(thread);
  }

  /** How it stands now. */
  Check check() {
    Attempt now = attempt;
    long clock = System.nanoTime();
    if (now.began() != 0 && clock - now.began() > settings.timeout().toNanos()) {
      return new Check(
          kind, Finding.HANGS, (clock - now.began()) / 1e9, 0, 0, now.what() + ", no answer yet");
    }
    Result result = last;
    return new Check(
        kind,
        result.finding(),
        result.took() / 1e9,
        Math.max(0, clock - result.ended()) / 1e9,
        result.code(),
        result.message());
  }

  @Override
  public void close() {
    closed = true;
    abort();
    wake();
  }
}
