package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.web.response.PlainText;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * The pages that an orchestrator asks; free of kernel reads, so that they answer while scrapes
 * wait.
 */
public final class HealthPages {
  /** Answers as long as the process does. */
  public static final Request.Handler HEALTHY =
      (request, response, callback) -> {
        PlainText.send(response, callback, HttpStatus.OK_200, "OK");
        return true;
      };

  private HealthPages() {}

  /**
   * Answers 200 and what is {@code watched} while there is no {@code problem}, else 503 and what it
   * is.
   */
  public static Request.Handler ready(
      Supplier<Optional<String>> problem, Supplier<String> watched) {
    return (request, response, callback) -> {
      Optional<String> said = problem.get();
      int status = said.isEmpty() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
      PlainText.send(response, callback, status, said.orElseGet(() -> "OK\n" + watched.get()));
      return true;
    };
  }
}
