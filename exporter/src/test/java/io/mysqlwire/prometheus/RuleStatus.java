package io.mysqlwire.prometheus;

/**
 * What Prometheus says of a rule it has loaded.
 *
 * @param name of the alert or of the recorded metric
 * @param health {@code ok}, {@code err}, or {@code unknown} before the first evaluation
 * @param lastError why it is not ok, otherwise empty
 * @param state {@code inactive}, {@code pending} or {@code firing}; empty for a recording rule
 */
record RuleStatus(String name, String health, String lastError, String state) {
  boolean isAlert() {
    return !state.isEmpty();
  }
}
