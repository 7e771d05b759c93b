package io.mysqlwire.exporter.web.tls;

import io.mysqlwire.exporter.web.config.Complaints;
import io.mysqlwire.exporter.web.config.TlsSection;
import io.mysqlwire.exporter.web.config.WebConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One state of the section and its files, ready for handshakes.
 *
 * <p>A change makes a new one, and with it a new {@link SSLContext}: sessions of the old one can't
 * be resumed, so that a client whose CA or name was taken out has to prove itself again.
 */
final class TlsMaterial {
  /** Java's own default is 20,480 sessions for a day, which strangers could fill. */
  private static final int SESSIONS = 128;

  private static final int SESSION_SECONDS = 3_600;

  private final TlsSection section;
  private final SSLContext context;

  private TlsMaterial(TlsSection section, SSLContext context) {
    this.section = section;
    this.context = context;
  }

  /**
   * Reads certificate, key and CA.
   *
   * @throws WebConfigException with everything that is wrong with them
   */
  static TlsMaterial load(Path file, TlsSection section) throws WebConfigException {
    Complaints complaints = new Complaints(file);
    PemFiles pem = new PemFiles(complaints);
    List<X509Certificate> chain = pem.certificates(section.certificate());
    Optional<PrivateKey> key = pem.key(section.key());
    List<X509Certificate> authorities = section.clientCa().map(pem::certificates).orElse(List.of());
    if (!chain.isEmpty()
        && key.isPresent()
        && !KeyPairCheck.match(key.get(), chain.get(0).getPublicKey())) {
      complaints.add(
          section.key().place(),
          PemFiles.named(section.key()) + " is not the key of the certificate",
          "give the key that the (first) certificate was made for");
    }
    complaints.throwIfAny();
    try {
      return new TlsMaterial(section, context(section, chain, key.orElseThrow(), authorities));
    } catch (GeneralSecurityException | IOException e) {
      throw new WebConfigException(
          List.of(file + ": Java can't use tls_server_config: " + e.getMessage()));
    }
  }

  private static SSLContext context(
      TlsSection section,
      List<X509Certificate> chain,
      PrivateKey key,
      List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    char[] noPassword = new char[0];
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("server", key, noPassword, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, noPassword);
    TrustManager clients =
        new ClientCertificates(
            section.clientAuth().isVerified()
                ? Optional.of(verifier(section, authorities))
                : Optional.empty(),
            authorities,
            new AllowedSans(section.allowedSans()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), new TrustManager[] {clients}, null);
    context.getServerSessionContext().setSessionCacheSize(SESSIONS);
    context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
    return context;
  }

  /** Verifies with the CAs given, else, as Go does, with those of the system. */
  private static X509ExtendedTrustManager verifier(
      TlsSection section, List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (section.clientCa().isPresent()) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (X509Certificate authority : authorities) {
        trusted.setCertificateEntry("ca" + trusted.size(), authority);
      }
      factory.init(trusted);
    } else {
      factory.init((KeyStore) null);
    }
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager verifier) {
        return verifier;
      }
    }
    throw new GeneralSecurityException("no trust manager for X.509");
  }

  /** A context without a certificate, whose engines refuse every handshake with an alert. */
  static SSLContext refusing() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(section.protocols().toArray(String[]::new));
    parameters.setCipherSuites(section.cipherSuites().toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(section.prefersServerCipherSuites());
    if (!section.curves().isEmpty()) {
      parameters.setAlgorithmConstraints(new AllowedCurves(section.curves()));
    }
    switch (section.clientAuth()) {
      case NO_CLIENT_CERT -> parameters.setNeedClientAuth(false);
      case REQUEST_CLIENT_CERT, VERIFY_CLIENT_CERT_IF_GIVEN -> parameters.setWantClientAuth(true);
      case REQUIRE_ANY_CLIENT_CERT, REQUIRE_AND_VERIFY_CLIENT_CERT ->
          parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }
}
