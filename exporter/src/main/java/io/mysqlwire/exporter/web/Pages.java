package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.web.response.PlainText;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The pages by exact path; everything here can only be read. */
public final class Pages extends Handler.Abstract {
  private final Map<String, Request.Handler> pages;

  public Pages(Map<String, Request.Handler> pages) {
    this.pages = Map.copyOf(pages);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String method = request.getMethod();
    if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      PlainText.send(
          response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD are allowed");
      return true;
    }
    Request.Handler page = pages.get(Request.getPathInContext(request));
    if (page == null) {
      PlainText.send(response, callback, HttpStatus.NOT_FOUND_404, "no such page");
      return true;
    }
    return page.handle(request, response, callback);
  }
}
