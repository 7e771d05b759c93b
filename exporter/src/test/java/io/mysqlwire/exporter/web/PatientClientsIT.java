package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.RunningExporter;
import io.mysqlwire.exporter.web.delivery.Bodies;
import io.mysqlwire.exporter.web.delivery.SharedPage;
import io.mysqlwire.exporter.web.response.PlainText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A thousand clients that are silent, slow, or do not read, and come back when they are thrown out;
 * and a scraper among them.
 */
class PatientClientsIT {
  private static final int CLIENTS = 1_000;
  private static final int SCRAPES = 200;

  @Test
  void shouldNotKeepTheExporterFromAnsweringEveryScrape() throws Exception {
    try (RunningExporter exporter = LaunchedExporter.start()) {
      Crowd crowd = new Crowd(LaunchedExporter.address(exporter), CLIENTS);
      try {
        for (int i = 0; i < SCRAPES; i++) {
          Scrape scrape = Scrape.of(LaunchedExporter.address(exporter));
          assertThat(scrape.status()).isEqualTo(200);
          assertThat(scrape.body()).contains("mysql_wire_tap_info{");
        }
      } finally {
        crowd.disperse();
      }
      assertThat(exporter.isAlive()).isTrue();
      assertThat(exporter.log()).doesNotContain("OutOfMemory", "level=error", "level=warn");
    }
  }

  /**
   * A page as long as that of 20,000 series: no socket takes it whole for those who do not read.
   */
  @Test
  void shouldNotKeepALongPageFromWhoReadsIt() throws Exception {
    String page = "mysql_wire_commands_total{server=\"a\"} 1\n".repeat(80_000);
    SharedPage shared =
        new SharedPage(
            (request, response, callback) -> {
              PlainText.send(response, callback, 200, page);
              return true;
            },
            new Bodies());
    try (WebServer web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)))) {
      web.start(new Pages(Map.of("/metrics", shared)));
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), web.addresses().get(0).port());
      Crowd crowd = new Crowd(address, CLIENTS);
      try {
        for (int i = 0; i < SCRAPES / 4; i++) {
          Scrape scrape = Scrape.of(address);
          assertThat(scrape.status()).isEqualTo(200);
          assertThat(scrape.body()).hasSize(page.length() + 1);
        }
      } finally {
        crowd.disperse();
      }
    }
  }
}
