package io.mysqlwire.exporter.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The host's real resolver with a name server that lies, in a network and a mount namespace of
 * their own. Needs root.
 */
class LyingNameServerIT {
  private static final String SETUP =
      "ip link set lo up && mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"";

  @Test
  @Timeout(300)
  void shouldBelieveOnlyNamesThatLeadBack(@TempDir Path directory) throws Exception {
    Path resolver = Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
    Process lookups =
        new ProcessBuilder(
                "unshare",
                "--net",
                "--mount",
                "sh",
                "-c",
                SETUP,
                resolver.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LyingNameServer.class.getName(),
                LyingNameServer.HONEST,
                LyingNameServer.STOLEN,
                LyingNameServer.ADDRESS,
                LyingNameServer.MARKUP,
                LyingNameServer.NAMELESS)
            .redirectErrorStream(true)
            .start();
    String said = new String(lookups.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.lines().toList())
        .isEqualTo(
            List.of(
                LyingNameServer.HONEST + " checkout-1.shop.example",
                LyingNameServer.STOLEN + " -",
                LyingNameServer.ADDRESS + " -",
                LyingNameServer.MARKUP + " -",
                LyingNameServer.NAMELESS + " -"));
    assertThat(lookups.waitFor()).isZero();
  }
}
