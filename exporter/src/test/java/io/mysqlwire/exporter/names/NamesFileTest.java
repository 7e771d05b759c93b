package io.mysqlwire.exporter.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesFileTest {
  private static final String FORM = "; write ADDRESS NAME or NETWORK/LENGTH NAME";

  private Path file = Path.of("");

  @BeforeEach
  void nameFile(@TempDir Path directory) {
    file = directory.resolve("names");
  }

  @Test
  void shouldNameABackendByTheLongestNetworkAroundIt() throws Exception {
    NameTable names =
        read(
            """
            # shop
            10.0.0.0/8      office
            10.0.1.0/24\tcheckout # the whole rack

            10.0.1.4        checkout-1
              2001:db8::/32 reports\r
            2001:db8::5     reports-5
            """);
    assertThat(find(names, "10.0.1.4")).contains("checkout-1");
    assertThat(find(names, "10.0.1.5")).contains("checkout");
    assertThat(find(names, "10.0.2.5")).contains("office");
    assertThat(find(names, "11.0.2.5")).isEmpty();
    assertThat(find(names, "2001:db8::5")).contains("reports-5");
    assertThat(find(names, "2001:db8::6")).contains("reports");
    assertThat(find(names, "2001:db9::6")).isEmpty();
    assertThat(names.size()).isEqualTo(5);
  }

  @Test
  void shouldNameANetworkByOnesThatContainIt() throws Exception {
    NameTable names = read("10.0.1.0/24 rack\n10.0.2.0 machine\n10.0.3.0/25 half\n");
    assertThat(names.find(Network.parse("10.0.1.0/24"))).contains("rack");
    assertThat(names.find(Network.parse("10.0.1.128/25"))).contains("rack");
    assertThat(names.find(Network.parse("10.0.2.0/24"))).isEmpty();
    assertThat(names.find(Network.parse("10.0.3.0/24"))).isEmpty();
  }

  @Test
  void shouldKeepTheFamiliesApart() throws Exception {
    NameTable names = read("::/0 six\n0.0.0.0/0 four\n");
    assertThat(find(names, "10.0.1.4")).contains("four");
    assertThat(find(names, "::1")).contains("six");
    assertThat(find(read("::/0 six\n"), "10.0.1.4")).isEmpty();
  }

  @Test
  void shouldLetBackendsShareAName() throws Exception {
    NameTable names = read("10.0.1.4 checkout\n10.0.1.5 checkout\n");
    assertThat(find(names, "10.0.1.4")).isEqualTo(find(names, "10.0.1.5")).contains("checkout");
  }

  @Test
  void shouldReportEverythingThatIsWrongAndWhere() throws Exception {
    assertThat(
            problems(
                """
                10.0.1.4 checkout-1
                10.0.1.300 checkout-2
                10.0.1.5
                10.0.1.6 two names
                10.0.1.0/20 rack
                10.0.1.4/32 again
                10.0.1.7 bell\u0007
                """))
        .containsExactly(
            file + ":2: \"10.0.1.300\" is neither an address nor a network" + FORM,
            file + ":3: has no name" + FORM,
            file + ":4: has more than one name" + FORM,
            file + ":5: \"10.0.1.0/20\" has bits set behind its first 20" + FORM,
            file + ":6: line 1 has named 10.0.1.4/32 already; keep one of the two",
            file + ":7: the name has a control character; leave it out");
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() throws Exception {
    assertThat(problems("10.0.1.4 " + "x".repeat(254)))
        .containsExactly(file + ":1: the name has 254 characters; give it 253 at most");
    assertThat(find(read("10.0.1.4 " + "x".repeat(253)), "10.0.1.4")).isPresent();
  }

  @Test
  void shouldNotListTheLinesOfAnotherKindOfFile() throws Exception {
    String text =
        IntStream.range(0, 1000).mapToObj(i -> "line-" + i).collect(Collectors.joining("\n"));
    assertThat(problems(text)).hasSize(21).endsWith("980 more lines are wrong; see above");
  }

  @Test
  void shouldSayWhenThereIsNoTextToRead() throws Exception {
    assertThat(read())
        .containsExactly("\"" + file + "\" does not exist; write it, or give the path of another");
    Files.write(file, "10.0.1.4 caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(read()).containsExactly("\"" + file + "\" is not in UTF-8; convert it");
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(read())
        .containsExactly(
            "\"" + file + "\" can't be read: Is a directory; give the path of a text file");
  }

  private static Optional<String> find(NameTable names, String address) {
    return names.find(Network.parse(address));
  }

  private NameTable read(String text) throws Exception {
    Files.writeString(file, text);
    return NamesFile.read(file);
  }

  private List<String> problems(String text) throws Exception {
    Files.writeString(file, text);
    return read();
  }

  private List<String> read() {
    return catchThrowableOfType(NamesFileException.class, () -> NamesFile.read(file))
        .problems()
        .stream()
        .map(problem -> problem.what() + "; " + problem.remedy())
        .toList();
  }
}
