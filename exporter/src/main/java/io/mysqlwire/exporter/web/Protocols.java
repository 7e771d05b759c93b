package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.web.tls.ReloadingTls;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCompliance.Violation;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;

/** What a port speaks: HTTP/1.1, over TLS if there is a certificate, and then HTTP/2 as well. */
final class Protocols {
  private static final int HEADER_BYTES = 8 * 1024;

  /** Requests at once on one HTTP/2 connection. */
  private static final int MOST_STREAMS = 8;

  private Protocols() {}

  static ConnectionFactory[] of(Optional<WebAccess> access) {
    HttpConnectionFactory http1 = new HttpConnectionFactory(configuration());
    Optional<ReloadingTls> tls = access.flatMap(WebAccess::tls);
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {http1};
    }
    if (!access.get().file().atStart().http2()) {
      return new ConnectionFactory[] {ssl(tls.get(), http1.getProtocol()), http1};
    }
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
    HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(configuration());
    h2.setMaxConcurrentStreams(MOST_STREAMS);
    return new ConnectionFactory[] {ssl(tls.get(), alpn.getProtocol()), alpn, h2, http1};
  }

  /**
   * Without Jetty's check that the certificate has the name that was asked for: scrapers that do
   * not verify it, and those that come by address, are answered as by other exporters.
   */
  private static SslConnectionFactory ssl(ReloadingTls tls, String next) {
    SslConnectionFactory ssl = new SslConnectionFactory(tls, next);
    ssl.setEnsureSecureRequestCustomizer(false);
    return ssl;
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // A proxy may ask in absolute form, whose host counts and not the header's (RFC 9112, 3.2.2).
    configuration.setHttpCompliance(
        HttpCompliance.RFC7230.with("proxied", Violation.MISMATCHED_AUTHORITY));
    configuration.setRequestHeaderSize(HEADER_BYTES);
    return configuration;
  }
}
