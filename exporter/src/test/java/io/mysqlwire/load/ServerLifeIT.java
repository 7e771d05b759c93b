package io.mysqlwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.Certificates;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is started after the exporter, and then restarted, killed and upgraded in place again
 * and again, while clients that encrypt keep asking: each time they are read from the first answer
 * on, and nothing is left of the server that was. The system properties {@code mysqlwire.lives} and
 * {@code mysqlwire.servers} say how often, and which.
 */
@Tag("vm")
class ServerLifeIT {
  private static final int LIVES = Integer.getInteger("mysqlwire.lives", 50);

  /** Answers to one client that asks after each start; a prime. */
  private static final int QUERIES = 5;

  /** What is promised is two seconds; a busy machine may take some of its own. */
  private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(20);

  /** How a life ends. */
  private enum End {
    RESTART,
    KILL,
    UPGRADE
  }

  private long slowestClient;
  private long slowestPage;

  @Test
  void shouldReadEveryLife(@TempDir Path certificates) throws Exception {
    Certificates.create(certificates);
    ServerKind kind = ServerKind.underTest().get(0);
    try (RunningExporter exporter =
            RunningExporter.start(
                ExporterProcess.command(
                    ExporterProcess.classPath(),
                    "run",
                    "--tap=tracing",
                    "--web.listen-address=127.0.0.1:0"));
        EmbeddedServer first =
            EmbeddedServer.start(kind, Certificates.serverOptions(certificates))) {
      first.end();
      Path binary = first.directory().resolve(first.binary().getFileName());
      Files.copy(first.binary(), binary, StandardCopyOption.COPY_ATTRIBUTES);
      EmbeddedServer server = first.startAgain(binary);
      shouldBeRead(exporter, server, 0);
      awaitFigures(exporter, Map.of("probed binaries", 1L));
      Map<String, Long> before = KernelFigures.of(exporter.pid());
      long descriptors = KernelFigures.descriptors(exporter.pid(), "");
      try (EncryptedLoad load = EncryptedLoad.on(server)) {
        for (int life = 1; life <= LIVES; life++) {
          server = next(server, End.values()[life % End.values().length]);
          shouldBeRead(exporter, server, life);
        }
        load.stop();
        shouldHaveCounted(exporter, load);
      }
      assertThat(server.log()).doesNotContain("got signal", "Assertion");
      awaitFigures(exporter, before);
      assertThat(KernelFigures.descriptors(exporter.pid(), "") - descriptors)
          .as("descriptors more than before")
          .isLessThan(LIVES / 3);
      System.out.printf(
          "Linux %s, %s: %d lives, each read from its first client on, whose talk took %d ms at most,"
              + " and the page had it %d ms later at most; before and after: %s%n",
          System.getProperty("os.version"),
          kind.label(),
          LIVES,
          slowestClient,
          slowestPage,
          before);
      server.end();
    }
  }

  private static EmbeddedServer next(EmbeddedServer server, End end) throws Exception {
    Path binary = server.binary();
    if (end == End.UPGRADE) {
      Path copy = binary.resolveSibling("new");
      Files.copy(binary, copy, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(copy, binary, StandardCopyOption.ATOMIC_MOVE);
    }
    if (end == End.KILL) {
      server.kill();
    } else {
      server.end();
      assertThat(server.exitStatus()).as(server.log()).isZero();
    }
    return server.startAgain(binary);
  }

  /** A client that comes as soon as the server greets is counted; nothing is opaque. */
  private void shouldBeRead(RunningExporter exporter, EmbeddedServer server, int life)
      throws Exception {
    long begin = System.nanoTime();
    String address = "127.0." + (1 + life / 250) + "." + (1 + life % 250);
    try (RawClient client = RawClient.connect(server, address).encrypted(Encryption.TLS_1_3)) {
      client.login("root");
      for (int i = 0; i < QUERIES; i++) {
        client.query("SELECT 1");
        client.readAnswer();
      }
      client.leave();
    }
    long answered = System.nanoTime();
    String backend = "backend=\"" + address + "\"";
    try {
      Await.until(
          "life " + life + " is read",
          () -> {
            String page = exporter.get("/metrics").body();
            return sum(page, "responses_total", backend, "type=\"resultset\"") == QUERIES
                && sum(page, "server_info", ":" + server.port() + "\"", "tls=\"readable\"") > 0;
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; " + exporter.log() + trouble(exporter), e);
    }
    long now = System.nanoTime();
    slowestClient = Math.max(slowestClient, TimeUnit.NANOSECONDS.toMillis(answered - begin));
    slowestPage = Math.max(slowestPage, TimeUnit.NANOSECONDS.toMillis(now - answered));
    assertThat(now - begin).isLessThan(BOUND_NS);
  }

  /** Every answer that clients got, and of each connection that was cut one more at most. */
  private static void shouldHaveCounted(RunningExporter exporter, EncryptedLoad load)
      throws Exception {
    String backend = "backend=\"" + EncryptedLoad.ADDRESS + "\"";
    Await.until(
        "all is counted",
        () ->
            sum(exporter.get("/metrics").body(), "responses_total", backend, "")
                >= load.received());
    String page = exporter.get("/metrics").body();
    long counted =
        sum(page, "responses_total", backend, "type=\"auth_ok\"")
            + sum(page, "responses_total", backend, "type=\"resultset\"");
    System.out.printf(
        "received %d, connections cut %d, counted %d%n", load.received(), load.cut(), counted);
    assertThat(counted).isBetween(load.received(), load.received() + load.cut());
    assertThat(trouble(exporter)).isEmpty();
  }

  /** Lines of the page that say that something was not read. */
  private static String trouble(RunningExporter exporter) throws Exception {
    return exporter
        .get("/metrics")
        .body()
        .lines()
        .filter(
            line ->
                line.matches("mysql_wire_(unclassified_responses|lost)_total.*} .*[1-9].*")
                    && !line.contains("fsync_gap"))
        .reduce("", (one, other) -> one + "\n" + other);
  }

  private static void awaitFigures(RunningExporter exporter, Map<String, Long> wanted)
      throws Exception {
    try {
      Await.until(
          "figures as before",
          () -> KernelFigures.of(exporter.pid()).entrySet().containsAll(wanted.entrySet()));
    } catch (AssertionError e) {
      throw new AssertionError(wanted + " is now " + KernelFigures.of(exporter.pid()), e);
    }
  }

  /** Sum of the samples of a family whose labels hold both texts. */
  private static long sum(String page, String family, String one, String other) {
    return page.lines()
        .filter(line -> line.startsWith("mysql_wire_" + family + "{"))
        .filter(line -> line.contains(one) && line.contains(other))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
