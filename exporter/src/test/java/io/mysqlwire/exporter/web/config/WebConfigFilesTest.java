package io.mysqlwire.exporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Good and bad web config files for every key. A bad one ends in comments that say what is
 * complained of, each line of them one complaint behind the file's name.
 */
class WebConfigFilesTest {
  private static final String EXPECTED = "#! ";

  private static final List<String> KEYS =
      List.of(
          "cert",
          "cert_file",
          "key",
          "key_file",
          "client_ca",
          "client_ca_file",
          "client_auth_type",
          "client_allowed_sans",
          "min_version",
          "max_version",
          "cipher_suites",
          "prefer_server_cipher_suites",
          "curve_preferences",
          "http2",
          "headers",
          "Content-Security-Policy",
          "X-Frame-Options",
          "X-Content-Type-Options",
          "X-XSS-Protection",
          "Strict-Transport-Security",
          "basic_auth_users",
          "interval",
          "burst");

  static List<Path> good() throws IOException, URISyntaxException {
    return files("good");
  }

  static List<Path> bad() throws IOException, URISyntaxException {
    return files("bad");
  }

  private static List<Path> files(String directory) throws IOException, URISyntaxException {
    URL url = Objects.requireNonNull(WebConfigFilesTest.class.getResource(directory));
    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("good")
  void shouldAcceptAGoodFile(Path file) throws Exception {
    assertThat(WebConfig.parse(file, Files.readString(file))).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void shouldSayAllThatIsWrongWithABadFile(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> expected =
        text.lines()
            .filter(line -> line.startsWith(EXPECTED))
            .map(line -> file + ":" + line.substring(EXPECTED.length()))
            .toList();
    WebConfigException refused =
        catchThrowableOfType(WebConfigException.class, () -> WebConfig.parse(file, text));
    assertThat(refused).as("nothing was wrong").isNotNull();
    assertThat(refused.problems()).isEqualTo(expected);
  }

  @Test
  void shouldHaveAGoodAndABadFileForEveryKey() throws Exception {
    for (String key : KEYS) {
      assertThat(good()).as("good file with %s", key).anyMatch(file -> has(file, key));
      assertThat(bad()).as("bad file about %s", key).anyMatch(file -> complainsOf(file, key));
    }
  }

  private static boolean has(Path file, String key) {
    return lines(file).anyMatch(line -> line.contains(key + ":"));
  }

  private static boolean complainsOf(Path file, String key) {
    return lines(file).anyMatch(line -> line.startsWith(EXPECTED) && line.contains(key));
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readString(file).lines();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
