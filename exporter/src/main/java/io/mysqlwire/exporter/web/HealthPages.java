package io.mysqlwire.exporter.web;

import java.util.function.BooleanSupplier;
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

  /** Answers 200 while {@code ready} says so, else 503. */
  public static Request.Handler ready(BooleanSupplier ready) {
    return (request, response, callback) -> {
      if (ready.getAsBoolean()) {
        PlainText.send(response, callback, HttpStatus.OK_200, "OK");
      } else {
        PlainText.send(
            response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "the tap is not attached");
      }
      return true;
    };
  }
}
