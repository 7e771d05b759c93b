package io.mysqlwire.exporter.web;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import io.mysqlwire.exporter.health.ServerHealth;
import io.mysqlwire.exporter.health.Verdict;
import io.mysqlwire.exporter.health.probe.Check;
import java.util.List;
import java.util.Optional;

/**
 * Verdicts for machines.
 *
 * <pre>{@code
 * {"server":"10.0.0.7:3306","healthy":false,"reason":"exhausted","since":"2026-11-30T22:10:04.5Z",
 *  "evidence":"SELECT 1 answers in 0.3 ms, ...",
 *  "checks":{"select_1":{"result":"ok","seconds":0.0003,"age_seconds":1.2}, ...},
 *  "changes":[{"reason":"exhausted","since":"...","evidence":"..."}, ...]}
 * }</pre>
 *
 * {@code healthy} is null where that can't be said.
 */
final class HealthJson {
  private HealthJson() {}

  static String of(ServerHealth server) {
    JsonStringWriter json = JsonWriter.string().object();
    fields(json, server);
    return json.end().done();
  }

  /** All, and whether all are healthy. */
  static String of(List<ServerHealth> servers, Optional<Boolean> healthy) {
    JsonStringWriter json = JsonWriter.string().object();
    healthy(json, healthy);
    json.array("servers");
    for (ServerHealth server : servers) {
      json.object();
      fields(json, server);
      json.end();
    }
    return json.end().end().done();
  }

  /** Nothing could be said of what was asked for. */
  static String error(String message) {
    return JsonWriter.string().object().value("error", message).end().done();
  }

  private static void fields(JsonStringWriter json, ServerHealth server) {
    json.value("server", server.server());
    healthy(json, server.verdict().healthy());
    verdict(json, server.verdict());
    json.object("checks");
    for (Check check : server.checks()) {
      json.object(check.kind().label());
      check(json, check);
      json.end();
    }
    json.end();
    json.array("changes");
    for (Verdict change : server.changes()) {
      json.object();
      verdict(json, change);
      json.end();
    }
    json.end();
  }

  private static void healthy(JsonStringWriter json, Optional<Boolean> healthy) {
    if (healthy.isPresent()) {
      json.value("healthy", healthy.get().booleanValue());
    } else {
      json.nul("healthy");
    }
  }

  private static void verdict(JsonStringWriter json, Verdict verdict) {
    json.value("reason", verdict.reason().label())
        .value("since", verdict.since().toString())
        .value("evidence", verdict.evidence());
  }

  private static void check(JsonStringWriter json, Check check) {
    json.value("result", check.finding().label())
        .value("seconds", check.seconds())
        .value("age_seconds", check.ageSeconds());
    if (check.code() != 0) {
      json.value("error_code", check.code());
    }
    if (!check.message().isEmpty()) {
      json.value("message", check.message());
    }
  }
}
