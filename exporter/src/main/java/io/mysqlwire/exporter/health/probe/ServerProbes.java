package io.mysqlwire.exporter.health.probe;

import io.mysqlwire.exporter.health.targets.ProbeTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mariadb.jdbc.Connection;

/**
 * All probes of one server. Only {@code connect} knocks at a server that does not answer: the
 * others connect once it got in. So a server that is down, or refuses, sees one attempt at a time.
 */
public final class ServerProbes implements AutoCloseable {
  private static final String SELECT_1 = "SELECT 1";

  /** As many sessions as five probes can leave behind while nobody gets in, and some. */
  private static final int MOST_ABANDONED = 32;

  private final ProbeTarget target;
  private final IoStatistics statistics;
  private final Queue<Long> abandoned = new ConcurrentLinkedQueue<>();
  private final Probe connect;
  private final List<Probe> probes = new ArrayList<>();
  private final Probe write;
  private volatile boolean open;
  private volatile boolean sparesWrites;

  private ServerProbes(ProbeTarget target, ProbeSettings settings) throws SQLException {
    this.target = target;
    statistics = new IoStatistics(settings);
    Dialer dialer = new Dialer(target, settings);
    connect = probe(ProbeKind.CONNECT, dialer, this::loggedIn, settings);
    probe(ProbeKind.SELECT_1, dialer, ServerProbes::select1, settings);
    probe(ProbeKind.READ, dialer, new TableRead(settings), settings);
    write = probe(ProbeKind.WRITE, dialer, new TableWrite(settings, () -> sparesWrites), settings);
    probe(ProbeKind.STATISTICS, dialer, statistics, settings);
  }

  /** Begins to probe. */
  public static ServerProbes start(ProbeTarget target, ProbeSettings settings) throws SQLException {
    ServerProbes probes = new ServerProbes(target, settings);
    probes.probes.forEach(Probe::start);
    return probes;
  }

  private Probe probe(ProbeKind kind, Dialer dialer, Question question, ProbeSettings settings) {
    Probe probe =
        new Probe(
            kind,
            target.endpoint(),
            dialer,
            question,
            settings,
            new Gate(kind == ProbeKind.CONNECT));
    probes.add(probe);
    return probe;
  }

  /** Who may connect when. */
  private final class Gate implements Probe.Gate {
    private final boolean always;

    Gate(boolean always) {
      this.always = always;
    }

    @Override
    public boolean isOpen() {
      return always || open;
    }

    @Override
    public void lost() {
      if (!always) {
        connect.wake();
      }
    }

    @Override
    public void abandoned(long session) {
      if (abandoned.size() < MOST_ABANDONED) {
        abandoned.add(session);
      }
    }
  }

  /** A login went well: the others may connect, and what they left behind can be ended. */
  private Question.Answer loggedIn(Connection connection) {
    if (!open) {
      open = true;
      probes.stream().filter(probe -> probe != connect).forEach(Probe::wake);
    }
    for (Long session = abandoned.poll(); session != null; session = abandoned.poll()) {
      kill(connection, session);
    }
    return Question.Answer.OK;
  }

  /** An account may end its own sessions without any further right. */
  private static void kill(Connection connection, long session) {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("KILL " + session);
    } catch (SQLException e) {
      // It has ended by itself.
    }
  }

  private static Question.Answer select1(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT_1)) {
      row.next();
    }
    return Question.Answer.OK;
  }

  /** Called at least once a second. */
  public void tick() {
    probes.forEach(Probe::tick);
    Finding login = connect.check().finding();
    open = login == Finding.OK || (open && login == Finding.PENDING);
  }

  /**
   * Whether real clients write, and so nothing need be written. Once they no longer do, their
   * writes may hang: the probe asks at once.
   */
  public void spareWrites(boolean spare) {
    boolean before = sparesWrites;
    sparesWrites = spare;
    if (before && !spare) {
      write.wake();
    }
  }

  /** The server that is probed. */
  public ProbeTarget target() {
    return target;
  }

  /** How each probe stands, in the order of {@link ProbeKind}. */
  public List<Check> checks() {
    return probes.stream().map(Probe::check).toList();
  }

  /** The longest waits for its disks that the server knows of. */
  public List<IoWait> ioWaits() {
    return statistics.waits();
  }

  /** The last anomaly among them. */
  public Optional<SlowIo> slowIo() {
    return statistics.slow();
  }

  @Override
  public void close() {
    probes.forEach(Probe::close);
  }
}
