package io.mysqlwire.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A key and a certificate, for servers that make none themselves. */
final class Certificates {
  private Certificates() {}

  static void create(Path directory) throws IOException, InterruptedException {
    Program.Result result =
        Program.run(
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
                directory.resolve("key.pem").toString(),
                "-out",
                directory.resolve("certificate.pem").toString()),
            "");
    if (result.status() != 0) {
      throw new IOException("openssl: " + result.err());
    }
    // Names that sysbench looks for in the working directory.
    Files.copy(directory.resolve("certificate.pem"), directory.resolve("cacert.pem"));
    Files.copy(directory.resolve("certificate.pem"), directory.resolve("client-cert.pem"));
    Files.copy(directory.resolve("key.pem"), directory.resolve("client-key.pem"));
  }
}
