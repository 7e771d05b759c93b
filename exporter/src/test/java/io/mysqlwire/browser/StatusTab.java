package io.mysqlwire.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A tab that shows the status page. */
record StatusTab(Tab tab) {
  /** What the load of the demo does wrong: by whom, what, and what kind of trouble that is. */
  private static final List<List<String>> ERRORS =
      List.of(
          List.of("127.0.1.1", "checkout", "1062", "ER_DUP_ENTRY", "constraint", "23000", "err"),
          List.of("127.0.1.1", "checkout", "1213", "ER_LOCK_DEADLOCK", "lock", "40001", "err"),
          List.of("127.0.1.2", "search", "1146", "ER_NO_SUCH_TABLE", "schema", "42S02", "err"),
          List.of("127.0.1.2", "search", "1064", "ER_PARSE_ERROR", "schema", "42000", "err"),
          List.of("127.0.1.3", "reports", "1690", "ER_DATA_OUT_OF_RANGE", "22003", "err"),
          List.of("127.0.1.3", "reports", "1045", "ER_ACCESS_DENIED_ERROR", "auth_err"));

  private static final List<String> BACKENDS =
      List.of("127.0.1.1 checkout", "127.0.1.2 search", "127.0.1.3 reports");

  void visit(String exporter) throws Exception {
    tab.visit(exporter + "/");
  }

  List<String> texts(String selector) throws IOException {
    return tab.texts(selector);
  }

  /** Waits until every error of the load shows, and every backend with its times. */
  void awaitAllErrors() throws Exception {
    for (List<String> line : ERRORS) {
      Await.until(
          "errors show " + line,
          () ->
              texts("#errors tbody tr").stream()
                  .anyMatch(row -> List.of(row.split(" ", -1)).containsAll(line)));
    }
    for (String backend : BACKENDS) {
      Await.until(
          "backends show " + backend + " with times",
          () ->
              texts("#backends tbody tr").stream()
                  .anyMatch(row -> row.startsWith(backend) && row.contains(" ms ")));
    }
  }

  /** The time that the page is of; empty while it is being loaded. */
  String asOf() throws IOException {
    return tab.evaluate("document.getElementById('as-of')?.textContent ?? ''").asText();
  }

  /** Waits until the page is of a later time. */
  void awaitNewerThan(String asOf) throws Exception {
    Await.until("newer than " + asOf, () -> !List.of("", asOf).contains(asOf()));
  }

  void awaitState(String state) throws Exception {
    Await.until(
        "the page says " + state,
        () ->
            tab.evaluate("document.getElementById('state').textContent")
                .asText()
                .startsWith(state));
  }

  /** How often an error was answered since counting began. */
  long total(String code) throws IOException {
    return tab.evaluate(
            "Number([...document.querySelectorAll('#errors tbody tr')]"
                + ".find(row => row.cells[4].innerText === '"
                + code
                + "').cells[3].dataset.value)")
        .asLong();
  }

  List<Integer> codes() throws IOException {
    return texts("#errors td:nth-child(5)").stream().map(Integer::valueOf).toList();
  }

  void clickCodes() throws IOException {
    tab.evaluate("document.querySelector('#errors th:nth-child(5) button').click()");
  }

  /** Takes a picture on a screen of that width, and leaves it beside the compiled tests. */
  void photograph(String scheme, int width, String name) throws Exception {
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
    Path testClasses =
        Path.of(StatusTab.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(tab.photograph(testClasses.resolveSibling(name))).isNotEmptyFile();
  }
}
