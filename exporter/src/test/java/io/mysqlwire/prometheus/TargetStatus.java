package io.mysqlwire.prometheus;

/**
 * What Prometheus says of a target it scrapes.
 *
 * @param job its job
 * @param health {@code up}, {@code down}, or {@code unknown} before the first scrape
 * @param lastError why it is not up, otherwise empty
 */
record TargetStatus(String job, String health, String lastError) {}
