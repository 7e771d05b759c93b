package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mysqlwire.exporter.cli.RunningExporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand logins with invented passwords, each another one, and a scraper among them. */
class BadLoginsIT {
  private static final int BAD_LOGINS = 10_000;

  /** More than the passwords that may wait: most are refused at once. */
  private static final int ATTACKERS = 50;

  @Test
  void shouldNotKeepAScraperOut(@TempDir Path directory) throws Exception {
    Path config = directory.resolve("web.yml");
    Files.writeString(
        config,
        "basic_auth_users: {prom: "
            + GuardedServer.bcrypt("s3cret", 10, BCrypt.Version.VERSION_2Y)
            + "}");
    ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS);
    try (RunningExporter exporter = LaunchedExporter.start("--web.config.file=" + config)) {
      assertThat(Scrape.of(LaunchedExporter.address(exporter), "prom:s3cret").status())
          .isEqualTo(200);
      AtomicInteger sent = new AtomicInteger();
      List<Future<Set<Integer>>> attacks = new ArrayList<>();
      for (int i = 0; i < ATTACKERS; i++) {
        attacks.add(attackers.submit(() -> attack(exporter, sent)));
      }
      do {
        Scrape scrape = Scrape.of(LaunchedExporter.address(exporter), "prom:s3cret");
        assertThat(scrape.status()).isEqualTo(200);
        assertThat(scrape.body()).contains("mysql_wire_tap_info{");
      } while (!attacks.stream().allMatch(Future::isDone));
      for (Future<Set<Integer>> attack : attacks) {
        assertThat(attack.get()).isNotEmpty().isSubsetOf(401, 503);
      }
      assertThat(Scrape.of(LaunchedExporter.address(exporter), "prom:wrong").status())
          .isEqualTo(401);
      assertThat(exporter.log()).doesNotContain("OutOfMemory", "level=error", "level=warn");
    } finally {
      attackers.shutdownNow();
    }
  }

  private static Set<Integer> attack(RunningExporter exporter, AtomicInteger sent)
      throws Exception {
    Set<Integer> statuses = new TreeSet<>();
    for (int i = sent.getAndIncrement(); i < BAD_LOGINS; i = sent.getAndIncrement()) {
      String user = i % 2 == 0 ? "prom" : "nobody";
      statuses.add(Scrape.of(LaunchedExporter.address(exporter), user + ":" + i).status());
    }
    return statuses;
  }
}
