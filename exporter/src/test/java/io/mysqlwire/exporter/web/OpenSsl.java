package io.mysqlwire.exporter.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and certificates in a directory, made by the program openssl. */
final class OpenSsl {
  private final Path directory;

  OpenSsl(Path directory) {
    this.directory = directory;
  }

  /** A self-signed CA: NAME.pem and NAME.key. */
  void authority(String name) throws IOException, InterruptedException {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-days",
        "2",
        "-keyout",
        name + ".key",
        "-out",
        name + ".pem");
  }

  /**
   * A certificate of {@code authority}: NAME.pem and NAME.key.
   *
   * @param key arguments of {@code openssl genpkey}
   * @param sans e.g. {@code DNS:localhost,IP:127.0.0.1}
   */
  void certificate(String name, String authority, String key, String sans)
      throws IOException, InterruptedException {
    List<String> generate = new ArrayList<>(List.of("genpkey", "-out", name + ".key"));
    generate.addAll(List.of(key.split(" ")));
    openssl(generate.toArray(String[]::new));
    Files.writeString(directory.resolve(name + ".ext"), "subjectAltName=" + sans + "\n");
    openssl("req", "-new", "-key", name + ".key", "-subj", "/CN=" + name, "-out", name + ".csr");
    openssl(
        "x509",
        "-req",
        "-in",
        name + ".csr",
        "-CA",
        authority + ".pem",
        "-CAkey",
        authority + ".key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        name + ".ext",
        "-out",
        name + ".pem");
  }

  Tool.Result openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Tool.Result result = Tool.run(directory, "", command);
    if (result.status() != 0) {
      throw new IOException(command + ": " + result.out());
    }
    return result;
  }
}
