package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.collector.Snapshots;
import org.junit.jupiter.api.Test;

class LandingPageTest {
  private static final LandingPage PAGE =
      new LandingPage("1.2.3", "/metrics", "cgroup (tracing refused)", Snapshots::empty);

  @Test
  void shouldLinkEveryPageAndNameTheVersion() {
    assertThat(PAGE.render(Snapshots.empty()))
        .contains("<h1>mysql-wire-exporter</h1>", "Version 1.2.3.")
        .contains("href=\"/metrics\"", "href=\"/-/healthy\"", "href=\"/-/ready\"")
        .contains("cgroup (tracing refused)", "No connection to a watched port was seen yet.")
        .doesNotContain("<script");
  }

  @Test
  void shouldShowTheSums() {
    assertThat(PAGE.render(Snapshots.sample()))
        .contains("<tr><th scope=row>backends</th><td>2</td></tr>")
        .contains("<tr><th scope=row>responses resultset</th><td>7</td></tr>")
        .contains("<tr><th scope=row>responses err</th><td>7</td></tr>")
        .contains("<tr><th scope=row>lost response_gap</th><td>3</td></tr>")
        .contains(
            "<tr><th scope=row>10.0.1.4</th><td>shop</td><td>10.0.0.7:3306</td>"
                + "<td>2</td><td>19</td><td>7</td></tr>");
  }

  @Test
  void shouldEscapeWhatClientsChose() {
    assertThat(PAGE.render(Snapshots.sample()))
        .contains("&lt;b&gt;&quot;o&#39;neil&quot;\\&amp;\n&lt;/b&gt;")
        .doesNotContain("<b>");
  }

  @Test
  void shouldShowTheBusiestBackendsOnly() {
    assertThat(PAGE.render(Snapshots.of(50))).contains("<p>30 more are in the metrics.</p>");
  }
}
