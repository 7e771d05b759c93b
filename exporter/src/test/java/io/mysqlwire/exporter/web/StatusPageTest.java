package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.collector.Snapshots;
import io.mysqlwire.exporter.status.Reading;
import io.mysqlwire.exporter.status.Readings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static final Backend SHOP = Reading.backend("10.0.1.4", "shop");
  private static final Instant NOW = Instant.parse("2026-03-01T12:34:56.789Z");
  private static final StatusPage PAGE =
      new StatusPage(
          () ->
              new About(
                  "1.2.3", "/metrics", "cgroup", "tracing refused: EPERM", "ports 3306, 3307"));

  @Test
  void shouldSayWhatItIsAndWhereTheRestIs() {
    assertThat(render(new Reading(), new Reading()))
        .contains("<h1>mysql-wire-exporter</h1>", "Version 1.2.3.")
        .contains(
            "href=\"metrics\"",
            "href=\"-/healthy\"",
            "href=\"-/ready\"",
            "href=\"./\"",
            "README.md")
        .contains("Watching ports 3306, 3307 with the <b>cgroup</b> tap (tracing refused: EPERM).")
        .contains("Rates and times are those of the last <b>10 s</b>")
        .contains("<time id=as-of datetime=\"2026-03-01T12:34:56Z\">12:34:56 UTC</time>")
        .contains("No connection to a watched port was seen yet.")
        .contains("No error was answered since counting began.")
        .doesNotContain("What may be missing here");
  }

  @Test
  void shouldShowWhoGetsWhichErrors() {
    Reading before = new Reading().with(SHOP, 0);
    Reading then =
        new Reading()
            .with(SHOP, 180)
            .with(SHOP, ResponseType.ERR, 1213, 20)
            .with(SHOP, ResponseType.ERR, -1, 0);
    assertThat(render(before, then))
        .contains("<title>2.0 errors/s – mysql-wire-exporter</title>")
        .contains(
            "<tr><th scope=row>10.0.1.4</th><td>shop</td><td class=\"n bad\" data-value=2.0>2.0</td>"
                + "<td class=n data-value=20>20</td><td class=n data-value=1213.0>1213</td>"
                + "<td class=name>ER_LOCK_DEADLOCK</td><td>lock</td><td>40001</td><td>err</td>"
                + "<td>10.0.0.7:3306</td></tr>")
        .contains(
            "<tr><th scope=row>10.0.1.4</th><td>shop</td><td class=\"n bad\" data-value=2.0>2.0</td>"
                + "<td class=n data-value=0.1>10.0 %</td><td class=n data-value=20.0>20.0</td>");
  }

  @Test
  void shouldShowTheLatencyOfTheWindow() {
    long[] buckets = new long[WireSnapshot.LATENCY_BUCKETS];
    buckets[3] = 10;
    buckets[4] = 10;
    assertThat(render(new Reading(), new Reading().with(SHOP, 20, buckets, 75)))
        .contains(">0.13 ms</td>", ">0.24 ms</td>", ">0.25 ms</td>", ">1 min 15 s</td>");
  }

  @Test
  void shouldShowTheNameBesideTheAddress() {
    Reading reading = new Reading().with(SHOP, 1);
    assertThat(
            PAGE.render(new Readings(Map.of("10.0.1.4", "shop-1<")).between(reading, reading), NOW))
        .contains(
            "<th scope=row>10.0.1.4 <span class=hostname title=\"shop-1&lt;\">shop-1&lt;</span></th>");
  }

  @Test
  void shouldWarnOfWhatIsMissing() {
    Reading lost = new Reading().with(LostReason.RESPONSE_GAP, 3).with(LostReason.MEMORY, 2);
    Reading more = new Reading().with(LostReason.RESPONSE_GAP, 4).with(LostReason.MEMORY, 2);
    assertThat(render(lost, more))
        .contains("What may be missing here")
        .contains(
            "<li class=now><b>4 × bytes of the server were not seen, 1 in the last 10 s.</b> ")
        .contains(
            "<li><b>2 × the kernel had no memory for a connection, none in the last 10 s.</b>");
  }

  @Test
  void shouldShowFlagsAsTheyAreTyped() {
    Reading full = new Reading().with(LostReason.BACKENDS_FULL, 1);
    assertThat(render(full, full))
        .contains("Raise <code>--backend.max</code>, count by network with")
        .contains("<code>--backend.ipv4-prefix</code>, or leave")
        .contains("<code>--no-backend.user</code>.</li>");
  }

  @Test
  void shouldShowBothNamesOfACodeThatTheServersUseDifferently() {
    Reading reading =
        new Reading()
            .with(SHOP, ResponseType.DISCONNECT, 4031, 1)
            .with(SHOP, ResponseType.ERR, ErrorCount.OTHER_CODES, 1);
    assertThat(render(reading, reading))
        .contains("ER_CLIENT_INTERACTION_TIMEOUT/<wbr>ER_REFERENCED_TRG_DOES_NOT_EXIST</td>")
        .contains(">other</td><td class=name>codes that found no room</td>");
  }

  @Test
  void shouldEscapeWhatClientsChose() {
    Reading nasty =
        new Reading()
            .with(Snapshots.NASTY, 1)
            .with(Snapshots.NASTY, ResponseType.AUTH_ERR, 1045, 2);
    assertThat(render(new Reading(), nasty))
        .contains("&lt;b&gt;&quot;o&#39;neil&quot;\\&amp;\uFFFD&lt;/b&gt;")
        .doesNotContain("<b>\"");
  }

  @Test
  void shouldStaySmallHoweverMuchThereIs() {
    Reading reading = new Reading();
    for (int i = 0; i < 4096; i++) {
      Backend backend =
          new Backend(
              "10.0." + i / 250 + "." + i % 250 + ":3306",
              "2001:db8:aaaa:bbbb:cccc:dddd:eeee:" + i,
              "\"".repeat(32));
      reading.with(backend, i).with(backend, ResponseType.ERR, 1146, i);
    }
    for (LostReason reason : LostReason.values()) {
      reading.with(reason, 1);
    }
    String html = render(new Reading(), reading);
    assertThat(html)
        .contains("4,071 more are in the metrics.", "4,070 more are in the metrics.")
        .contains("and 4084 more");
    assertThat(html.length()).isLessThan(64 * 1024);
  }

  /** Every source of anything is named by its hash; what a user name smuggles in is not. */
  @Test
  void shouldAllowItsOwnScriptAndStyleOnly() throws Exception {
    String html = render(new Reading(), new Reading());
    assertThat(PAGE.securityPolicy())
        .startsWith("default-src 'none'; ")
        .contains("style-src " + hash(between(html, "<style>", "</style>")) + ";")
        .contains("script-src " + hash(between(html, "<script>", "</script>")) + ";");
    assertThat(html.split("<script", -1)).hasSize(2);
    assertThat(html).doesNotContain(" style=", " onclick=", "http://", "https://");
  }

  private static String hash(String source) throws Exception {
    return "'sha256-"
        + java.util.Base64.getEncoder()
            .encodeToString(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(source.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        + "'";
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static String render(Reading before, Reading then) {
    return PAGE.render(new Readings().between(before, then), NOW);
  }
}
