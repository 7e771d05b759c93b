package io.mysqlwire.testing;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS of a client that believes every server. One context for all: sessions are resumed. */
final class TrustingTls {
  private static final SSLContext CONTEXT = context();

  private TrustingTls() {}

  /** Encrypts what is said over a connected socket from here on; closing closes both. */
  static SSLSocket over(Socket socket, Encryption version) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            CONTEXT.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    tls.setEnabledProtocols(new String[] {version.protocol()});
    tls.startHandshake();
    return tls;
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Believer()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS here", e);
    }
  }

  private static final class Believer implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
