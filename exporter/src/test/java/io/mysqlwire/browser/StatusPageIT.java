package io.mysqlwire.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.demo.ExporterProcess;
import io.mysqlwire.testing.Await;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
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
  private static final Predicate<String> IS_AGE = Pattern.compile(" (s|min)$").asPredicate();

  private static Scene scene;

  @BeforeAll
  static void start() throws Exception {
    scene = Scene.start();
  }

  @AfterAll
  static void end() throws Exception {
    scene.close();
  }

  @Test
  void shouldShowWithoutJavaScriptWhoGetsWhichErrors() throws Exception {
    StatusTab page = new StatusTab(scene.browser().open());
    page.tab().call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    page.visit(scene.exporter().url());
    page.awaitAllErrors();
    String asOf = page.asOf();
    page.awaitNewerThan(asOf); // the browser reloads it by itself
    Await.until("a link to reload", () -> page.texts("#refresh").contains("Refresh"));
    assertThat(page.texts("thead button")).isEmpty();
    assertThat(page.tab().complaints()).isEmpty();
  }

  @Test
  void shouldKeepItselfCurrent() throws Exception {
    StatusTab page = scene.visit();
    page.awaitAllErrors();
    page.tab().evaluate("window.here = document.querySelector('#errors tbody')");
    long total = page.total("1062");
    Await.until("more errors are counted", () -> page.total("1062") > total);
    assertThat(
            page.tab()
                .evaluate("window.here === document.querySelector('#errors tbody')")
                .asBoolean())
        .as("without a reload")
        .isTrue();
    assertThat(page.texts("#state")).containsExactly("Live");
    assertThat(page.tab().complaints()).isEmpty();
  }

  @Test
  void shouldShowWhoWaits() throws Exception {
    StatusTab page = scene.visit();
    Await.until(
        "the report is in flight",
        () ->
            page.texts("#backends tbody tr").stream()
                .anyMatch(row -> row.matches("127\\.0\\.1\\.4 reports .* 1 \\d.* s .*")));
    assertThat(page.texts("dl.figures div"))
        .anyMatch(text -> text.matches("oldest command \\d.* s"));
  }

  @Test
  void shouldWarnOfAnswersThatItCannotRead() throws Exception {
    String url = scene.server().jdbcUrl("", "").replace("sslMode=disable", "sslMode=trust");
    StatusTab page = scene.visit();
    try (Connection encrypted = DriverManager.getConnection(url, "root", "")) {
      assertThat(encrypted.isValid(PATIENCE_SECONDS)).isTrue();
      Await.until(
          "the page warns of it",
          () ->
              page.texts("ul.warnings li.now").stream()
                  .anyMatch(text -> text.contains(" with TLS can't be read: 1 is open")));
    }
    Await.until(
        "that is over",
        () ->
            page.texts("ul.warnings li:not(.now)").stream()
                .anyMatch(text -> text.contains(" with TLS can't be read; ")));
    assertThat(page.tab().complaints()).isEmpty();
  }

  @Test
  void shouldShowWhatClientsChoseAsText() throws Exception {
    try {
      DriverManager.getConnection(scene.server().jdbcUrl("", ""), HOSTILE, "").close();
      throw new AssertionError("no such account");
    } catch (SQLException refused) {
      assertThat(refused.getErrorCode()).isEqualTo(1045);
    }
    StatusTab page = scene.visit();
    Await.until("the refused login shows", () -> page.texts("#errors td").contains(HOSTILE));
    assertThat(page.texts("img")).isEmpty();
    assertThat(page.tab().complaints()).isEmpty();
  }

  /** If the escaping ever failed, the policy would still stand in the way. */
  @Test
  void shouldRunNothingThatIsNotItsOwn() throws Exception {
    Tab tab = scene.visit().tab();
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
    StatusTab page = scene.visit();
    page.awaitAllErrors();
    page.clickCodes();
    assertThat(page.codes()).isSortedAccordingTo(Comparator.reverseOrder());
    page.clickCodes();
    assertThat(page.codes()).isSorted().contains(1062, 1690);
    page.awaitNewerThan(page.asOf());
    assertThat(page.codes()).as("after a refresh").isSorted().contains(1062, 1690);
    assertThat(page.texts("#errors [aria-sort=ascending]")).hasSize(1);
    page.clickCodes();
    assertThat(page.texts("#errors [aria-sort]")).isEmpty();
  }

  @Test
  void shouldNotMoveWhatSomebodySelects() throws Exception {
    StatusTab page = scene.visit();
    page.awaitAllErrors();
    page.tab()
        .evaluate("getSelection().selectAllChildren(document.querySelector('#errors tbody tr'))");
    String selected = page.tab().evaluate("String(getSelection())").asText();
    page.awaitState("Paused while text is selected");
    String asOf = page.asOf();
    assertThat(page.tab().evaluate("String(getSelection())").asText())
        .isEqualTo(selected)
        .isNotEmpty();
    page.tab().evaluate("getSelection().removeAllRanges()");
    page.awaitState("Live");
    page.awaitNewerThan(asOf);
  }

  @Test
  void shouldRestWhileNobodyLooks() throws Exception {
    StatusTab page = scene.visit();
    scene.browser().open().call("Page.bringToFront", Map.of());
    page.awaitState("Paused");
    assertThat(page.tab().evaluate("document.hidden").asBoolean()).isTrue();
    String asOf = page.asOf();
    page.tab().call("Page.bringToFront", Map.of());
    page.awaitNewerThan(asOf);
    page.awaitState("Live");
  }

  @Test
  void shouldSaySinceWhenTheExporterIsGone() throws Exception {
    StatusTab page = new StatusTab(scene.browser().open());
    try (ExporterProcess another = Scene.startExporter(scene.server())) {
      page.visit(another.url());
      page.awaitNewerThan(page.asOf());
    }
    page.awaitState("Stale");
    assertThat(page.texts("#state"))
        .containsExactly("Stale since " + page.asOf() + ": the exporter does not answer");
    assertThat(page.texts("#backends tbody tr")).as("what was last known stays").isNotEmpty();
  }

  @Test
  void shouldFitEveryScreen() throws Exception {
    StatusTab page = scene.visit();
    page.awaitAllErrors();
    Await.until("something to show", () -> page.texts("td.bad").stream().anyMatch(IS_AGE));
    page.photograph("light", 1280, "status-page.png");
    page.photograph("dark", 1280, "status-page-dark.png");
    page.photograph("light", 390, "status-page-phone.png");
    page.photograph("dark", 390, "status-page-phone-dark.png");
  }
}
