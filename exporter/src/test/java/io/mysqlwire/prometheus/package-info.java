/**
 * The shipped rules and dashboards in a real Prometheus that scrapes the real exporter. {@link
 * io.mysqlwire.prometheus.PrometheusServer} runs one; {@link io.mysqlwire.prometheus.PrometheusApi}
 * asks it; {@link io.mysqlwire.prometheus.DashboardQuery} reads what Grafana would ask.
 */
@NullMarked
package io.mysqlwire.prometheus;

import org.jspecify.annotations.NullMarked;
