package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeRefusalTest {
  private static final Optional<KernelVersion> SOUND = Optional.of(KernelVersion.of("6.13"));
  private static final Optional<KernelVersion> FAULTY = Optional.of(KernelVersion.of("6.6.58"));

  @Test
  void shouldRefuseNothingOnASoundKernel(@TempDir Path directory) {
    assertThat(ProbeRefusal.reason(directory.resolve("no-probes"), SOUND, false)).isEmpty();
  }

  @Test
  void shouldRefuseWhileTheFileIsThere(@TempDir Path directory) throws Exception {
    Path veto = Files.createFile(directory.resolve("no-probes"));
    assertThat(ProbeRefusal.reason(veto, SOUND, false))
        .hasValue(veto + " is there, which forbids probes");
    Files.delete(veto);
    assertThat(ProbeRefusal.reason(veto, SOUND, false)).isEmpty();
  }

  @Test
  void shouldNameTheFaultOfAKernel(@TempDir Path directory) {
    assertThat(ProbeRefusal.reason(directory.resolve("no-probes"), FAULTY, false))
        .hasValueSatisfying(reason -> assertThat(reason).contains("6.6.58", "may be a fault"));
  }

  @Test
  void shouldLetAFaultBeAcceptedAndSaySo(@TempDir Path directory) {
    Path veto = directory.resolve("no-probes");
    assertThat(ProbeRefusal.reason(veto, FAULTY, true)).isEmpty();
    assertThat(ProbeRefusal.fact(veto, FAULTY, true).found()).startsWith("accepted: ");
    assertThat(ProbeRefusal.fact(veto, FAULTY, false).remedy()).contains("--kernel.accept-faults");
    assertThat(ProbeRefusal.fact(veto, SOUND, true).found())
        .isEqualTo("no known fault of the kernel");
  }

  @Test
  void shouldObeyTheFileWhateverIsAccepted(@TempDir Path directory) throws Exception {
    Path veto = Files.createFile(directory.resolve("no-probes"));
    assertThat(ProbeRefusal.reason(veto, FAULTY, true))
        .hasValueSatisfying(reason -> assertThat(reason).contains("forbids probes"));
    assertThat(ProbeRefusal.fact(veto, FAULTY, true).remedy())
        .contains("until it is removed")
        .doesNotContain("--kernel.accept-faults");
  }
}
