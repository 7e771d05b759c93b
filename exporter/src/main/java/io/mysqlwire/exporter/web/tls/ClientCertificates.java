package io.mysqlwire.exporter.web.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** What is demanded of the certificate that a client shows. */
final class ClientCertificates extends X509ExtendedTrustManager {
  private final Optional<X509ExtendedTrustManager> verifier;
  private final List<X509Certificate> authorities;
  private final AllowedSans sans;

  /**
   * A judge of certificates.
   *
   * @param verifier empty when any will do
   * @param authorities named to the client, so that it can choose a certificate
   */
  ClientCertificates(
      Optional<X509ExtendedTrustManager> verifier,
      List<X509Certificate> authorities,
      AllowedSans sans) {
    this.verifier = verifier;
    this.authorities = List.copyOf(authorities);
    this.sans = sans;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (verifier.isPresent()) {
      verifier.get().checkClientTrusted(chain, authType, engine);
    }
    sans.check(chain[0]);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.toArray(X509Certificate[]::new);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("clients come through an engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("clients come through an engine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is the server");
  }
}
