package io.mysqlwire.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.demo.ExporterProcess;
import io.mysqlwire.demo.Load;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The status page of a real exporter over a real server under load, in a real browser. Needs root
 * and {@code chromium}. Leaves pictures of the page in {@code target/status-page*.png}.
 */
@Timeout(600)
final class StatusPageIT {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private static final int PATIENCE_SECONDS = 120;
  private static final String ANY_PORT = "127.0.0.1:0";

  private static final Predicate<String> IS_AGE = Pattern.compile(" (s|min)$").asPredicate();

  private static EmbeddedServer server;
  private static Load load;
  private static ExporterProcess exporter;
  private static Chromium browser;
  private static Connection report;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedServer.start(ServerKind.MARIADB_11_4, Map.of("ssl", "1"));
    exporter = ExporterProcess.start(server.port(), ANY_PORT);
    load = new Load(server);
    load.start();
    report = startReport();
    browser = Chromium.start();
  }

  @AfterAll
  static void end() throws Exception {
    browser.close();
    report.abort(Runnable::run);
    load.close();
    exporter.close();
    server.close();
  }

  @Test
  void shouldShowWithoutJavaScriptWhoGetsWhichErrors() throws Exception {
    Tab tab = browser.open();
    tab.call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    tab.visit(exporter.url() + "/");
    awaitAllErrors(tab);
    assertThat(tab.texts("#refresh")).containsExactly("Refresh");
    assertThat(tab.texts("thead button")).isEmpty();
    String asOf = asOf(tab);
    Await.until("the browser reloads the page by itself", () -> !asOf(tab).equals(asOf));
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void shouldKeepItselfCurrent() throws Exception {
    Tab tab = visit();
    awaitAllErrors(tab);
    tab.evaluate("window.here = document.querySelector('#errors tbody')");
    String asOf = asOf(tab);
    long total = total(tab, "1062");
    Await.until("more errors are counted", () -> total(tab, "1062") > total);
    assertThat(asOf(tab)).isNotEqualTo(asOf);
    assertThat(tab.evaluate("window.here === document.querySelector('#errors tbody')").asBoolean())
        .as("without a reload")
        .isTrue();
    assertThat(tab.texts("#state")).containsExactly("Live");
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void shouldShowWhoWaits() throws Exception {
    Tab tab = visit();
    Await.until(
        "the report is in flight",
        () ->
            tab.texts("#backends tbody tr").stream()
                .anyMatch(row -> row.matches("127\\.0\\.1\\.4 reports .* 1 \\d.* s .*")));
    assertThat(tab.texts("dl.figures div"))
        .anyMatch(text -> text.matches("oldest command \\d.* s"));
  }

  @Test
  void shouldWarnOfAnswersThatItCannotRead() throws Exception {
    String url = server.jdbcUrl("", "").replace("sslMode=disable", "sslMode=trust");
    Tab tab = visit();
    try (Connection encrypted = DriverManager.getConnection(url, "root", "")) {
      assertThat(encrypted.isValid(PATIENCE_SECONDS)).isTrue();
      Await.until(
          "the page warns of it",
          () ->
              tab.texts("ul.warnings li.now").stream()
                  .anyMatch(
                      text ->
                          text.startsWith("Connections to 127.0.0.1:")
                              && text.contains(" with TLS can't be read: 1 is open")));
    }
    Await.until(
        "that is over",
        () ->
            tab.texts("ul.warnings li.now").isEmpty()
                && tab.texts("ul.warnings li").stream().anyMatch(text -> text.contains("TLS")));
    assertThat(tab.complaints()).isEmpty();
  }

  @Test
  void shouldShowWhatClientsChoseAsText() throws Exception {
    try {
      DriverManager.getConnection(server.jdbcUrl("", ""), HOSTILE, "").close();
      throw new AssertionError("no such account");
    } catch (SQLException refused) {
      assertThat(refused.getErrorCode()).isEqualTo(1045);
    }
    Tab tab = visit();
    Await.until("the refused login shows", () -> tab.texts("#errors td").contains(HOSTILE));
    assertThat(tab.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
    assertThat(tab.complaints()).isEmpty();
  }

  /** If the escaping ever failed, the policy would still stand in the way. */
  @Test
  void shouldRunNothingThatIsNotItsOwn() throws Exception {
    Tab tab = visit();
    tab.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend',"
            + " '<img src=x onerror=\"window.smuggled = true\">')");
    Await.until(
        "the browser refuses the picture and its script",
        () ->
            tab.complaints().stream().anyMatch(text -> text.contains("img-src"))
                && tab.complaints().stream().anyMatch(text -> text.contains("script-src")));
    assertThat(tab.evaluate("window.smuggled === undefined").asBoolean()).isTrue();
  }

  @Test
  void shouldSortByTheColumnThatIsClicked() throws Exception {
    Tab tab = visit();
    awaitAllErrors(tab);
    click(tab, "#errors th:nth-child(5) button"); // Code, the largest first
    assertThat(codes(tab)).isSortedAccordingTo((a, b) -> b - a);
    click(tab, "#errors th:nth-child(5) button");
    assertThat(codes(tab)).isSorted().contains(1062, 1690);
    String asOf = asOf(tab);
    Await.until("the page is refreshed", () -> !asOf(tab).equals(asOf));
    assertThat(codes(tab)).as("after a refresh").isSorted().contains(1062, 1690);
    assertThat(tab.texts("#errors [aria-sort=ascending]")).hasSize(1);
    click(tab, "#errors th:nth-child(5) button");
    assertThat(tab.texts("#errors [aria-sort]")).isEmpty();
  }

  @Test
  void shouldNotMoveWhatSomebodySelects() throws Exception {
    Tab tab = visit();
    awaitAllErrors(tab);
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('#errors tbody tr'))");
    String selected = tab.evaluate("String(getSelection())").asText();
    Await.until(
        "it says why it stands still",
        () -> tab.texts("#state").contains("Paused while text is selected"));
    String asOf = asOf(tab);
    assertThat(tab.evaluate("String(getSelection())").asText()).isEqualTo(selected).isNotEmpty();
    tab.evaluate("getSelection().removeAllRanges()");
    Await.until("it goes on", () -> tab.texts("#state").contains("Live"));
    Await.until("it is current again", () -> !asOf(tab).equals(asOf));
  }

  @Test
  void shouldRestWhileNobodyLooks() throws Exception {
    Tab tab = visit();
    Tab other = browser.open();
    other.call("Page.bringToFront", Map.of());
    Await.until("the page is hidden", () -> tab.evaluate("document.hidden").asBoolean());
    Await.until("it rests", () -> tab.evaluate(STATE).asText().equals("Paused"));
    String asOf = asOf(tab);
    tab.call("Page.bringToFront", Map.of());
    Await.until("it is current again", () -> !asOf(tab).equals(asOf));
    assertThat(tab.texts("#state")).containsExactly("Live");
  }

  @Test
  void shouldSaySinceWhenTheExporterIsGone() throws Exception {
    Tab tab;
    String asOf;
    try (ExporterProcess another = ExporterProcess.start(server.port(), ANY_PORT)) {
      tab = browser.open();
      tab.visit(another.url() + "/");
      asOf = asOf(tab);
      Await.until("it is current", () -> !asOf(tab).equals(asOf));
    }
    Await.until("it says so", () -> tab.texts("#state").get(0).startsWith("Stale"));
    assertThat(tab.texts("#state"))
        .containsExactly("Stale since " + asOf(tab) + ": the exporter does not answer");
    assertThat(tab.texts("#backends tbody tr")).as("what was last known stays").isNotEmpty();
  }

  @Test
  void shouldFitEveryScreen() throws Exception {
    Tab tab = visit();
    awaitAllErrors(tab);
    Await.until("something to show", () -> tab.texts("td.bad").stream().anyMatch(IS_AGE));
    photograph(tab, "light", 1280, "status-page.png");
    photograph(tab, "dark", 1280, "status-page-dark.png");
    photograph(tab, "light", 390, "status-page-phone.png");
    photograph(tab, "dark", 390, "status-page-phone-dark.png");
  }

  /** A command that waits until the end of the test, from an address of its own. */
  private static Connection startReport() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            server.jdbcUrl("shop", "localSocketAddress=127.0.1.4"), "reports", "demo");
    Thread thread =
        new Thread(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT SLEEP(3600)");
              } catch (SQLException e) {
                // The end of the test ends it.
              }
            },
            "report");
    thread.start();
    return connection;
  }

  private static Tab visit() throws Exception {
    Tab tab = browser.open();
    tab.visit(exporter.url() + "/");
    return tab;
  }

  private static final String STATE = "document.getElementById('state').textContent";

  private static String asOf(Tab tab) throws IOException {
    return tab.evaluate("document.getElementById('as-of')?.textContent ?? ''").asText();
  }

  /** What the load of the demo does wrong: by whom, what, and what kind of trouble that is. */
  private static void awaitAllErrors(Tab tab) throws Exception {
    List<List<String>> expected =
        List.of(
            List.of("127.0.1.1", "checkout", "1062", "ER_DUP_ENTRY", "constraint", "23000", "err"),
            List.of("127.0.1.1", "checkout", "1213", "ER_LOCK_DEADLOCK", "lock", "40001", "err"),
            List.of("127.0.1.2", "search", "1146", "ER_NO_SUCH_TABLE", "schema", "42S02", "err"),
            List.of("127.0.1.2", "search", "1064", "ER_PARSE_ERROR", "schema", "42000", "err"),
            List.of("127.0.1.3", "reports", "1690", "ER_DATA_OUT_OF_RANGE", "22003", "err"),
            List.of("127.0.1.3", "reports", "1045", "ER_ACCESS_DENIED_ERROR", "auth_err"));
    for (List<String> line : expected) {
      Await.until(
          "errors show " + line,
          () ->
              tab.texts("#errors tbody tr").stream()
                  .anyMatch(row -> List.of(row.split(" ", -1)).containsAll(line)));
    }
    for (String backend : List.of("127.0.1.1 checkout", "127.0.1.2 search", "127.0.1.3 reports")) {
      Await.until(
          "backends show " + backend + " with times",
          () ->
              tab.texts("#backends tbody tr").stream()
                  .anyMatch(row -> row.startsWith(backend) && row.contains(" ms ")));
    }
  }

  private static long total(Tab tab, String code) throws IOException {
    return tab.evaluate(
            "Number([...document.querySelectorAll('#errors tbody tr')]"
                + ".find(row => row.cells[4].innerText === '"
                + code
                + "').cells[3].dataset.value)")
        .asLong();
  }

  private static List<Integer> codes(Tab tab) throws IOException {
    return tab.texts("#errors td:nth-child(5)").stream().map(Integer::valueOf).toList();
  }

  private static void click(Tab tab, String selector) throws IOException {
    tab.evaluate("document.querySelector('" + selector + "').click()");
  }

  private static void photograph(Tab tab, String scheme, int width, String name) throws Exception {
    tab.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    tab.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 600, "deviceScaleFactor", 1, "mobile", false));
    tab.call("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
        .as("only tables scroll sideways")
        .isLessThanOrEqualTo(width);
    Path target =
        Path.of(StatusPageIT.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolveSibling(name);
    tab.photograph(target);
    assertThat(Files.size(target)).isPositive();
  }
}
