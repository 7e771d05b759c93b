package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.testing.Leftovers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The unit that loads has a strict umask, and so has root on many hosts. Needs root. */
class StrictUmaskIT {
  private static final List<String> STRICT = List.of("sh", "-c", "umask 077; exec \"$@\"", "sh");

  @Test
  void shouldLetReadersPass() throws Exception {
    Path directory = Leftovers.directory("mysqlwire-umask-");
    Path pins = directory.resolve("made/bpf");
    String flag = "--bpf.pin-path=" + pins;
    List<String> load = new ArrayList<>(STRICT);
    load.addAll(
        ExporterProcess.command(
            ExporterProcess.classPath(), "load", "--tap=" + PinnedExporter.TAP, flag));
    try {
      ExporterProcess.Outcome outcome = ExporterProcess.run(load, Map.of());
      assertThat(outcome.status()).as(outcome.err()).isZero();
      for (Path passed : List.of(directory.resolve("made"), pins)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passed)))
            .as(passed.toString())
            .isEqualTo("rwxr-xr-x");
      }
    } finally {
      ExporterProcess.run("unload", flag);
      Leftovers.delete(directory);
    }
  }
}
