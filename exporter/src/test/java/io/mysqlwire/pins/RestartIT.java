package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exactness.Witness;
import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.prometheus.PrometheusApi;
import io.mysqlwire.prometheus.PrometheusServer;
import io.mysqlwire.prometheus.Sample;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Under constant load {@code serve} is killed again and again, and the kernel programs are
 * replaced: clients and Prometheus agree, difference 0. Needs root, and {@code prometheus} on the
 * path. The system property {@code mysqlwire.kills} says how often; in a VM each takes its time.
 */
@Timeout(600)
class RestartIT {
  private static final int KILLS = Integer.getInteger("mysqlwire.kills", 10);
  private static final int UPGRADE_AFTER = (KILLS + 1) / 2;

  /** Root without capabilities. */
  private static final List<String> POWERLESS =
      List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs");

  @Test
  void shouldLoseNoCount() throws Exception {
    int webPort = freePort();
    try (EmbeddedServer server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of());
        PinnedExporter exporter = PinnedExporter.inFreshDirectory();
        Recording recording = Recording.open()) {
      exporter.mustLoad(server.port());
      ConstantLoad load = new ConstantLoad(server);
      load.createSchema();
      load.once();
      Tally before = new Witness(recording).byBackend();
      Restarts serve = new Restarts(exporter, server.port(), webPort);
      try (PrometheusServer prometheus =
          PrometheusServer.start(Map.of("mysql-wire", "127.0.0.1:" + webPort), List.of())) {
        double from = scraped(prometheus.api(), before);
        load.during(() -> serve.restart(prometheus));
        Tally after = new Witness(recording).byBackend();
        double to = scraped(prometheus.api(), after);
        Tally happened = new Tally();
        after.counts().forEach((name, count) -> happened.add(name, count - before.get(name)));
        assertThat(happened.difference(increase(prometheus.api(), from, to)))
            .as("clients, increase(), difference")
            .isEmpty();
        shouldSeeNoReset(prometheus.api(), from, to);
        System.out.printf(
            "%s tap: %d responses of %d while serve was killed %d times and the programs were"
                + " replaced: increase() has difference 0%n",
            PinnedExporter.TAP,
            happened.matching(name -> name.contains(" response ")).total(),
            after.matching(name -> name.contains(" response ")).total(),
            KILLS);
      } finally {
        serve.close();
      }
    }
  }

  /** Waits for a scrape that has all of {@code wanted}, and nothing else; returns its time. */
  private static double scraped(PrometheusApi api, Tally wanted) throws Exception {
    try {
      Await.until(
          "all is scraped", () -> wanted.difference(ExportedCounts.of(api::query)).isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError(
          "clients, Prometheus, difference" + wanted.difference(ExportedCounts.of(api::query)), e);
    }
    return api.query("timestamp(mysql_wire_lost_total{reason=\"memory\"})").get(0).value();
  }

  /**
   * What {@code increase()} gives between two scrapes. Where both ends of the range are scrapes
   * there is nothing for it to extrapolate, so that it is exact: extrapolatedRate() in
   * promql/functions.go.
   */
  private static Tally increase(PrometheusApi api, double from, double to) throws Exception {
    return ExportedCounts.of(name -> api.query("increase(" + name + range(from, to) + ")"));
  }

  private static String range(double from, double to) {
    return String.format(Locale.ROOT, "[%dms] @ %.3f", Math.round((to - from) * 1000), to);
  }

  private static void shouldSeeNoReset(PrometheusApi api, double from, double to) throws Exception {
    String names = "{__name__=~\"mysql_wire_(responses|commands|response_rows|lost)_total\"}";
    List<Sample> resets = api.query("resets(" + names + range(from, to) + ")");
    assertThat(resets).hasSizeGreaterThan(20).allMatch(sample -> sample.value() == 0);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** One {@code serve} after the other on the same port. */
  private static final class Restarts {
    private final PinnedExporter exporter;
    private final int mysqlPort;
    private final int webPort;
    private RunningExporter serve;

    Restarts(PinnedExporter exporter, int mysqlPort, int webPort) throws Exception {
      this.exporter = exporter;
      this.mysqlPort = mysqlPort;
      this.webPort = webPort;
      this.serve = start();
    }

    private RunningExporter start() throws Exception {
      return exporter.serve(POWERLESS, ExporterProcess.classPath(), webPort);
    }

    void restart(PrometheusServer prometheus) throws Exception {
      for (int i = 1; i <= KILLS; i++) {
        double before = scrapes(prometheus);
        serve.kill();
        if (i == UPGRADE_AFTER) {
          exporter.mustLoad(mysqlPort);
        }
        serve = start();
        Await.until("it is scraped again", () -> scrapes(prometheus) > before);
      }
    }

    /** Scrapes that succeeded so far. */
    private static double scrapes(PrometheusServer prometheus) throws Exception {
      List<Sample> sum = prometheus.api().query("sum_over_time(up{job=\"mysql-wire\"}[1h])");
      return sum.isEmpty() ? 0 : sum.get(0).value();
    }

    void close() throws IOException {
      serve.close();
    }
  }
}
