package io.mysqlwire.exporter.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {
  private final AtomicLong clock = new AtomicLong();
  private Path file = Path.of("");

  @BeforeEach
  void write(@TempDir Path directory) throws Exception {
    file = directory.resolve("names");
    Files.writeString(
        file, "10.0.1.4 checkout\n10.0.2.0/24 search\n2001:db8::/32 reports\nfe80::2 replica\n");
  }

  @Test
  void shouldNameAddresses() throws Exception {
    BackendNames names = open(32, 128);
    assertThat(names.of("10.0.1.4")).contains("checkout");
    assertThat(names.of("10.0.2.9")).contains("search");
    assertThat(names.of("2001:db8::9")).contains("reports");
    assertThat(names.of("fe80::2%5")).as("on whatever link").contains("replica");
    assertThat(names.of("10.0.1.5")).isEmpty();
    assertThat(names.of("other")).isEmpty();
  }

  @Test
  void shouldTakeBackendsForNetworksWhereTheKernelCountsByThem() throws Exception {
    BackendNames names = open(24, 16);
    assertThat(names.of("10.0.1.0")).as("only one address of it has a name").isEmpty();
    assertThat(names.of("10.0.2.0")).contains("search");
    assertThat(names.of("2001::")).as("larger than the network with the name").isEmpty();
  }

  @Test
  void shouldReadTheFileAgainWhenItHasChanged() throws Exception {
    BackendNames names = open(32, 128);
    replace("10.0.1.4 checkout-2\n");
    assertThat(names.of("10.0.1.4")).as("looked at a moment ago").contains("checkout");
    later();
    assertThat(names.of("10.0.1.4")).contains("checkout-2");
    assertThat(names.of("10.0.2.9")).isEmpty();
  }

  @Test
  void shouldKeepTheNamesWhileTheFileIsWrongOrGone() throws Exception {
    BackendNames names = open(32, 128);
    replace("nonsense\n");
    later();
    assertThat(names.of("10.0.1.4")).contains("checkout");
    Files.delete(file);
    later();
    assertThat(names.of("10.0.1.4")).contains("checkout");
    Files.writeString(file, "10.0.1.4 back\n");
    later();
    assertThat(names.of("10.0.1.4")).contains("back");
  }

  @Test
  void shouldFollowALinkThatIsTurned() throws Exception {
    Path link = Files.createSymbolicLink(file.resolveSibling("link"), file);
    BackendNames names = FileNames.read(link, clock::get).open(32, 128, 8);
    Path next = Files.copy(file, file.resolveSibling("next"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(next, Files.readString(next).replace("checkout", "chequout"));
    Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
    Files.delete(link);
    Files.createSymbolicLink(link, next);
    later();
    assertThat(names.of("10.0.1.4")).contains("chequout");
  }

  private BackendNames open(int ipv4Prefix, int ipv6Prefix) throws Exception {
    return FileNames.read(file, clock::get).open(ipv4Prefix, ipv6Prefix, 8);
  }

  /** As editors and configuration tools do. */
  private void replace(String text) throws Exception {
    Path next = Files.writeString(file.resolveSibling("new"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void later() {
    clock.addAndGet(FileNames.LOOK.toNanos());
  }
}
