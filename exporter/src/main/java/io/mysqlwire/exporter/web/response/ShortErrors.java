package io.mysqlwire.exporter.web.response;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Errors that Jetty answers, as one line of text: no page, no cause, no name of a class. */
public final class ShortErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    PlainText.send(response, callback, status, HttpStatus.getMessage(status));
    return true;
  }
}
