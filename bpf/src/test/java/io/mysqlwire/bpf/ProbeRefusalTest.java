package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeRefusalTest {
  private static final Optional<KernelVersion> SOUND = Optional.of(KernelVersion.of("6.13"));

  @Test
  void shouldRefuseNothingOnASoundKernel(@TempDir Path directory) {
    assertThat(ProbeRefusal.reason(directory.resolve("no-probes"), SOUND)).isEmpty();
  }

  @Test
  void shouldRefuseWhileTheFileIsThere(@TempDir Path directory) throws Exception {
    Path veto = Files.createFile(directory.resolve("no-probes"));
    assertThat(ProbeRefusal.reason(veto, SOUND)).hasValue(veto + " is there, which forbids probes");
    Files.delete(veto);
    assertThat(ProbeRefusal.reason(veto, SOUND)).isEmpty();
  }

  @Test
  void shouldNameTheFaultOfAKernel(@TempDir Path directory) {
    assertThat(
            ProbeRefusal.reason(
                directory.resolve("no-probes"), Optional.of(KernelVersion.of("6.6.58"))))
        .hasValueSatisfying(reason -> assertThat(reason).contains("6.6.58", "may be a fault"));
  }
}
