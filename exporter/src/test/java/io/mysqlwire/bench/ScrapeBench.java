package io.mysqlwire.bench;

import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a scrape costs the exporter, next to the exporter that asks the server: on the same server,
 * in the same run, each with about 20,000 series.
 */
final class ScrapeBench {
  private static final int BACKENDS = 460;
  private static final int TABLES = 455;
  private static final Path PROGRAM =
      Path.of("exporter/target/dist/bin/mysql-wire-exporter").toAbsolutePath();
  private static final String LOOPBACK = "127.0.0.1:";

  private final int scrapes;
  private final int starts;

  ScrapeBench(boolean quick) {
    scrapes = quick ? 5 : 60;
    starts = quick ? 1 : 7;
  }

  /** Runs and returns the tables for people. */
  String run() throws Exception {
    Progress progress = new Progress("scrape");
    progress.say("starting MariaDB");
    try (EmbeddedServer server =
            EmbeddedServer.start(
                ServerKind.MARIADB_11_4,
                Map.of("performance-schema", "ON", "max-connections", "1000"));
        BackendLoad backends = new BackendLoad(server)) {
      ScrapeTable table = new ScrapeTable();
      measure(running(server), () -> backends.talk(server, BACKENDS), table, progress);
      try (LoadedPrograms loaded = LoadedPrograms.load(PROGRAM, server.port())) {
        Subject serving = serving(loaded);
        measure(serving, () -> backends.talk(server, BACKENDS), table, progress);
      }
      measure(asking(server), () -> TableLoad.create(server, TABLES), table, progress);
      return table.toString();
    }
  }

  /** Makes the series that the exporter is to have. */
  private interface Filling {
    void run() throws Exception;
  }

  private void measure(Subject subject, Filling filling, ScrapeTable table, Progress progress)
      throws Exception {
    progress.say("starting " + subject.name() + " " + starts + " times");
    List<Double> seconds = new ArrayList<>();
    List<Double> milliseconds = new ArrayList<>();
    starts(subject, seconds, milliseconds);
    progress.say("filling what " + subject.name() + " exports");
    Subject.Started started = subject.start();
    try (MeasuredProcess process = started.process()) {
      filling.run();
      progress.say("scraping " + subject.name() + " " + 2 * scrapes + " times");
      table.add(subject.name(), true, measure(process, started.client(), true));
      double zipped = process.mebibytes("VmRSS");
      table.add(subject.name(), false, measure(process, started.client(), false));
      table.addProcess(
          subject.name(),
          zipped,
          process.mebibytes("VmRSS"),
          process.mebibytes("VmHWM"),
          Spread.of(seconds),
          Spread.of(milliseconds));
    }
  }

  private void starts(Subject subject, List<Double> seconds, List<Double> milliseconds)
      throws Exception {
    for (int i = 0; i < starts; i++) {
      Subject.Started started = subject.start();
      started.process().close();
      seconds.add(started.seconds());
      milliseconds.add(started.cpuMilliseconds());
    }
  }

  /** The figures of all scrapes but the first, which also pays for what was never run before. */
  private ScrapeFigures measure(MeasuredProcess process, MetricsClient client, boolean gzip)
      throws Exception {
    client.scrape(gzip);
    List<Double> milliseconds = new ArrayList<>();
    int bytes = 0;
    int series = 0;
    for (int i = 0; i < scrapes; i++) {
      double before = process.cpuMilliseconds();
      MetricsClient.Scrape scrape = client.scrape(gzip);
      Thread.sleep(50); // threads that finish after the last byte belong to it
      milliseconds.add(process.cpuMilliseconds() - before);
      bytes = scrape.bytes();
      series = scrape.series();
    }
    return new ScrapeFigures(series, bytes, Spread.of(milliseconds));
  }

  private static Subject running(EmbeddedServer server) {
    return wire("run", "--mysql.port=" + server.port());
  }

  private static Subject serving(LoadedPrograms loaded) {
    return wire("serve", loaded.pinPath());
  }

  private static Subject wire(String command, String flag) {
    int port = Ports.free();
    return new Subject(
        "mysql-wire-exporter " + command,
        List.of(PROGRAM.toString(), command, flag, "--web.listen-address=" + LOOPBACK + port),
        Map.of(),
        "http://" + LOOPBACK + port + "/metrics");
  }

  /** Debian's mysqld_exporter with the collectors that have series for each table. */
  private static Subject asking(EmbeddedServer server) {
    int port = Ports.free();
    return new Subject(
        "mysqld_exporter",
        List.of(
            "prometheus-mysqld-exporter",
            "--collect.perf_schema.tableiowaits",
            "--collect.perf_schema.indexiowaits",
            "--collect.perf_schema.tablelocks",
            "--web.listen-address=" + LOOPBACK + port),
        Map.of("DATA_SOURCE_NAME", "root@tcp(" + LOOPBACK + server.port() + ")/"),
        "http://" + LOOPBACK + port + "/metrics");
  }
}
