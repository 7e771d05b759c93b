package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as people run it, {@code target/dist}, with the Java runtime and the archive of
 * classes in it. Needs root, for the kernel programs.
 */
class PackagedProgramIT {
  private static final Path DIST = dist();
  private static final int PATIENCE_SECONDS = 60;

  @Test
  void shouldServeACompleteScrapeWithItsOwnRuntime() throws Exception {
    Process exporter =
        new ProcessBuilder(
                program(DIST),
                "run",
                "--tap=cgroup",
                "--mysql.port=22306",
                "--web.listen-address=127.0.0.1:0")
            .start();
    try {
      URI page = URI.create("http://" + awaitAddress(exporter) + "/metrics");
      assertThat(exporter.info().command())
          .hasValueSatisfying(
              java -> assertThat(java).isEqualTo(DIST.resolve("runtime/bin/java").toString()));
      HttpResponse<String> scrape =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(page)
                      .header("Accept", "application/openmetrics-text; version=1.0.0")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(scrape.statusCode()).isEqualTo(200);
      assertThat(scrape.body())
          .contains(
              "mysql_wire_tap_info{tap=\"cgroup\"", "jvm_threads_state", "process_cpu_seconds")
          .endsWith("# EOF\n");
    } finally {
      exporter.destroy();
      assertThat(exporter.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(exporter.exitValue()).isZero();
  }

  /** With -Xshare:on the JVM ends when it can't use the archive. */
  @Test
  void shouldUseTheArchiveOfClassesWhereverItIsInstalled(@TempDir Path elsewhere) throws Exception {
    Path copy = elsewhere.resolve("opt");
    ExporterProcess.run(List.of("cp", "-a", DIST.toString(), copy.toString()), Map.of());
    for (Path dist : List.of(DIST, copy)) {
      ExporterProcess.Outcome outcome =
          ExporterProcess.run(
              List.of(program(dist), "--version"), Map.of("JAVA_OPTS", "-Xshare:on -Xlog:cds"));
      assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
    }
  }

  @Test
  void shouldRunWithoutAnArchiveThatFits(@TempDir Path elsewhere) throws Exception {
    Path copy = elsewhere.resolve("opt");
    // Without -p the jars get other times, and the archive is for other jars.
    ExporterProcess.run(List.of("cp", "-r", DIST.toString(), copy.toString()), Map.of());
    assertThat(ExporterProcess.run(List.of(program(copy), "--version"), Map.of()).out())
        .startsWith("mysql-wire-exporter ");
  }

  @Test
  void shouldRunWithAnotherJavaWhereItHasNoRuntime(@TempDir Path elsewhere) throws Exception {
    Files.createDirectory(elsewhere.resolve("lib"));
    try (Stream<Path> jars = Files.list(DIST.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, elsewhere.resolve("lib").resolve(jar.getFileName()));
      }
    }
    Files.createDirectory(elsewhere.resolve("bin"));
    Path program = elsewhere.resolve("bin/mysql-wire-exporter");
    Files.copy(Path.of(program(DIST)), program, StandardCopyOption.COPY_ATTRIBUTES);
    Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
    assertThat(ExporterProcess.run(List.of(program.toString(), "--version"), java).out())
        .startsWith("mysql-wire-exporter ");
  }

  /** What only people who use TLS or look at the JVM's own families would miss. */
  @Test
  void shouldHaveTheModulesThatAreLookedUpByName() throws Exception {
    String java = DIST.resolve("runtime/bin/java").toString();
    assertThat(ExporterProcess.run(List.of(java, "--list-modules"), Map.of()).out().lines())
        .map(line -> line.replaceAll("@.*", ""))
        .contains("jdk.crypto.ec", "jdk.unsupported", "jdk.management");
  }

  private static Path dist() {
    try {
      return Path.of(
              PackagedProgramIT.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolveSibling("dist");
    } catch (URISyntaxException e) {
      throw new AssertionError("test classes are in a directory", e);
    }
  }

  private static String program(Path dist) {
    return dist.resolve("bin/mysql-wire-exporter").toString();
  }

  private static String awaitAddress(Process exporter) throws IOException {
    BufferedReader log = exporter.errorReader();
    String line = log.readLine();
    while (line != null && !line.contains("address=")) {
      line = log.readLine();
    }
    assertThat(line).as("the line that names the address").isNotNull();
    return String.valueOf(line).replaceAll(".*address=", "").trim();
  }
}
