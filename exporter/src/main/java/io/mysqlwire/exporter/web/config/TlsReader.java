package io.mysqlwire.exporter.web.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls_server_config}. */
final class TlsReader {
  private final Section section;
  private final Complaints complaints;

  TlsReader(Section section, Complaints complaints) {
    this.section = section;
    this.complaints = complaints;
  }

  /** Empty when the section is: then there is no TLS. */
  Optional<TlsSection> read(Path directory) {
    Optional<PemSource> certificate = PemSource.read(section, "cert", directory);
    Optional<PemSource> key = PemSource.read(section, "key", directory);
    Optional<PemSource> clientCa = PemSource.read(section, "client_ca", directory);
    ClientAuth clientAuth = clientAuth();
    List<String> sans = allowedSans(clientAuth);
    List<String> protocols = protocols();
    List<String> cipherSuites = cipherSuites();
    boolean prefersServer = section.flag("prefer_server_cipher_suites", true);
    List<String> curves = curves();
    section.refuseOthers();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    if (certificate.isEmpty()) {
      complaints.add(
          section.place(),
          "tls_server_config has no certificate",
          "give cert_file or cert, or no tls_server_config for plain HTTP");
    }
    if (key.isEmpty()) {
      complaints.add(
          section.place(),
          "tls_server_config has no key",
          "give key_file or key, or no tls_server_config for plain HTTP");
    }
    if (clientCa.isPresent() && clientAuth == ClientAuth.NO_CLIENT_CERT) {
      complaints.add(
          clientCa.get().place(),
          clientCa.get().key() + " is given, but client_auth_type asks for no certificate",
          "give client_auth_type: RequireAndVerifyClientCert, or take the CA out");
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsSection(
            certificate.get(),
            key.get(),
            clientAuth,
            clientCa,
            sans,
            protocols,
            cipherSuites,
            prefersServer,
            curves));
  }

  private ClientAuth clientAuth() {
    Scalar name = section.text("client_auth_type");
    if (name == null || name.text().isEmpty()) {
      return ClientAuth.NO_CLIENT_CERT;
    }
    ClientAuth clientAuth = ClientAuth.NAMES.get(name.text());
    if (clientAuth == null) {
      unknown("client_auth_type", name, new TreeSet<>(ClientAuth.NAMES.keySet()));
      return ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT; // so that no complaint follows from it
    }
    return clientAuth;
  }

  private List<String> allowedSans(ClientAuth clientAuth) {
    List<Scalar> sans = section.texts("client_allowed_sans");
    if (section.has("client_allowed_sans")) {
      Place place = section.place("client_allowed_sans");
      String path = section.path("client_allowed_sans");
      if (sans.isEmpty()) {
        complaints.add(
            place,
            path + " is empty, so that no client could connect",
            "list some, or take it out");
      }
      if (!clientAuth.isNeeded()) {
        complaints.add(
            place,
            path + " is given, but clients may come without a certificate",
            "give client_auth_type: RequireAndVerifyClientCert");
      }
    }
    return sans.stream().map(Scalar::text).toList();
  }

  private List<String> protocols() {
    int min = version("min_version", TlsNames.VERSIONS.indexOf("TLS12"));
    int max = version("max_version", TlsNames.VERSIONS.indexOf("TLS13"));
    if (min > max) {
      complaints.add(
          section.place(section.has("max_version") ? "max_version" : "min_version"),
          "tls_server_config: min_version is above max_version",
          "give a max_version of " + TlsNames.VERSIONS.get(min) + " at least");
      return List.of();
    }
    List<String> protocols = TlsNames.protocols(min, max);
    if (protocols.isEmpty()) {
      complaints.add(
          section.place("max_version"),
          "tls_server_config.max_version: this Java has versions that old switched off"
              + " (jdk.tls.disabledAlgorithms)",
          "give TLS12 or TLS13");
    }
    return protocols;
  }

  private int version(String key, int otherwise) {
    Scalar name = section.text(key);
    if (name == null) {
      return otherwise;
    }
    int version = TlsNames.VERSIONS.indexOf(name.text());
    if (version < 0) {
      unknown(key, name, TlsNames.VERSIONS);
      return otherwise;
    }
    return version;
  }

  private List<String> cipherSuites() {
    List<String> known = new ArrayList<>(TlsNames.TLS13_CIPHER_SUITES);
    known.addAll(TlsNames.CIPHER_SUITES);
    Set<String> chosen = new LinkedHashSet<>();
    for (Scalar name : section.texts("cipher_suites")) {
      if (!known.contains(name.text()) && !TlsNames.OLD_CIPHER_SUITES.contains(name.text())) {
        unknown("cipher_suites", name, known);
      } else if (!TlsNames.hasCipherSuite(name.text())) {
        complaints.add(
            name.place(),
            "tls_server_config.cipher_suites: this Java has " + name.text() + " switched off",
            "take it out, or take it from jdk.tls.disabledAlgorithms in java.security");
      } else {
        chosen.add(name.text());
      }
    }
    if (chosen.isEmpty()) {
      TlsNames.CIPHER_SUITES.stream().filter(TlsNames::hasCipherSuite).forEach(chosen::add);
    }
    TlsNames.TLS13_CIPHER_SUITES.stream().filter(TlsNames::hasCipherSuite).forEach(chosen::add);
    return List.copyOf(chosen);
  }

  private List<String> curves() {
    List<String> curves = new ArrayList<>();
    for (Scalar name : section.texts("curve_preferences")) {
      @Nullable String curve = TlsNames.CURVES.get(name.text());
      if (curve == null) {
        unknown("curve_preferences", name, new TreeSet<>(TlsNames.CURVES.keySet()));
      } else {
        curves.add(curve);
      }
    }
    return curves;
  }

  private void unknown(String key, Scalar name, Iterable<String> known) {
    complaints.add(
        name.place(),
        section.path(key) + ": " + Complaints.quoted(name.text()) + " is not known",
        "give one of " + String.join(", ", known));
  }
}
