package io.mysqlwire.exporter.web.tls;

import io.mysqlwire.exporter.input.SmallFile;
import io.mysqlwire.exporter.input.UnreadableFileException;
import io.mysqlwire.exporter.web.config.Complaints;
import io.mysqlwire.exporter.web.config.PemSource;
import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates and keys in PEM, inline or in files; what is wrong with them is complained of. */
final class PemFiles {
  private final Complaints complaints;

  PemFiles(Complaints complaints) {
    this.complaints = complaints;
  }

  /** All certificates there, in their order. */
  List<X509Certificate> certificates(PemSource source) {
    Optional<String> text = text(source);
    if (text.isEmpty()) {
      return List.of();
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem.Block block : Pem.blocks(text.get())) {
      if (block.type().equals("CERTIFICATE")) {
        try {
          certificates.add(certificate(block));
        } catch (CertificateException e) {
          complaints.add(
              source.place(),
              named(source) + " has a certificate that is damaged",
              "copy it again, from BEGIN to END");
          return List.of();
        }
      }
    }
    if (certificates.isEmpty()) {
      complaints.add(
          source.place(),
          named(source) + " has no certificate",
          "give PEM, which begins with -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  private static X509Certificate certificate(Pem.Block block) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(block.der()));
  }

  /** The first key there. */
  Optional<PrivateKey> key(PemSource source) {
    Optional<String> text = text(source);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pem.Block> block =
        Pem.blocks(text.get()).stream()
            .filter(candidate -> candidate.type().endsWith("PRIVATE KEY"))
            .findFirst();
    if (block.isEmpty()) {
      complaints.add(
          source.place(),
          named(source) + " has no private key",
          "give PEM, which begins with -----BEGIN PRIVATE KEY-----");
      return Optional.empty();
    }
    if (block.get().encrypted() || block.get().type().equals("ENCRYPTED PRIVATE KEY")) {
      complaints.add(
          source.place(),
          named(source) + " is encrypted, and there is nobody to type its password",
          "decrypt it: openssl pkey -in KEY -out PLAIN-KEY, readable to the exporter alone");
      return Optional.empty();
    }
    Optional<PrivateKey> key = PrivateKeys.decode(block.get());
    if (key.isEmpty()) {
      complaints.add(
          source.place(),
          named(source) + " is a key that Java can't read",
          "give an RSA, EC (P-256, P-384, P-521) or Ed25519 key");
    }
    return key;
  }

  private Optional<String> text(PemSource source) {
    if (source.file().isEmpty()) {
      return Optional.of(source.inline().text());
    }
    try {
      return Optional.of(SmallFile.read(source.file().get()));
    } catch (UnreadableFileException e) {
      complaints.add(source.place(), named(source) + " " + e.what(), e.remedy());
      return Optional.empty();
    }
  }

  /** The key of the web config file, and the file that it names. */
  static String named(PemSource source) {
    return source.key() + source.file().map(file -> ": " + file).orElse("");
  }
}
