package io.mysqlwire.exporter.web.delivery;

import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What of a request a page depends on; whether it is GET or HEAD is not among it. */
record Variant(String query, String accept, String encodings) {
  static Variant of(Request request) {
    return new Variant(
        Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
        String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT)),
        String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT_ENCODING)));
  }
}
