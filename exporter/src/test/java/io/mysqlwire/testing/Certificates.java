package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A key and a certificate, for servers that make none themselves. */
public final class Certificates {
  private Certificates() {}

  /** Makes them in an empty directory. */
  public static void create(Path directory) throws IOException {
    Path log = directory.resolve("openssl.log");
    Path key = directory.resolve("key.pem");
    ServerCommand.run(
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-days",
            "30",
            "-keyout",
            key.toString(),
            "-out",
            directory.resolve("certificate.pem").toString()),
        log);
    // yaSSL, which is in MySQL 5.7, reads keys of the old format only (PKCS#1).
    ServerCommand.run(
        List.of("openssl", "rsa", "-traditional", "-in", key.toString(), "-out", key.toString()),
        log);
    // Names that sysbench looks for in the working directory.
    Files.copy(directory.resolve("certificate.pem"), directory.resolve("cacert.pem"));
    Files.copy(directory.resolve("certificate.pem"), directory.resolve("client-cert.pem"));
    Files.copy(key, directory.resolve("client-key.pem"));
  }

  /** Options of a server that offers TLS with those of {@code directory}. */
  public static Map<String, String> serverOptions(Path directory) {
    return Map.of(
        "ssl", "1",
        "ssl-ca", directory.resolve("certificate.pem").toString(),
        "ssl-cert", directory.resolve("certificate.pem").toString(),
        "ssl-key", directory.resolve("key.pem").toString());
  }
}
