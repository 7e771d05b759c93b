package io.mysqlwire.pins;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.Mount;
import io.mysqlwire.bpf.PinnedTap;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exactness.HostChanges;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A reader of pins is opened while this process has no descriptor left, then one, then two, and so
 * on until it opens: up to there it says so and leaves nothing open, and what did open lacks
 * nothing. Needs root.
 */
@Timeout(600)
class OutOfDescriptorsIT {
  /** No server listens there. */
  private static final int MYSQL_PORT = 20_306;

  /** More than this JVM has open, and all the readers. */
  private static final int LIMIT = 2000;

  /** More than a reader needs. */
  private static final int MANY = 48;

  private final List<PinnedTap> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PinnedTap::close);
  }

  @Test
  void shouldOpenPinsWholeOrNotAtAll() throws Exception {
    Path cgroup =
        Files.createDirectory(hierarchy().resolve("descriptors-" + ProcessHandle.current().pid()));
    try (PinnedExporter exporter = PinnedExporter.inFreshDirectory()) {
      exporter.mustLoad(MYSQL_PORT, "--cgroup.path=" + cgroup);
      WireSnapshot expected = open(exporter.pins()).read(); // and all classes are loaded
      String before = limitDescriptors(LIMIT + ":");
      try {
        for (int left = 0; left < MANY; left++) {
          long descriptors = openDescriptors();
          Optional<PinnedTap> tap = openWith(left, exporter.pins());
          tap.ifPresent(opened::add);
          if (tap.isEmpty()) {
            assertThat(openDescriptors()).as("with %d left", left).isEqualTo(descriptors);
          }
        }
      } finally {
        limitDescriptors(before);
      }
      assertThat(opened).hasSizeBetween(2, MANY - 9);
      Files.delete(cgroup);
      for (PinnedTap tap : opened) {
        assertThat(tap.read().maps()).isEqualTo(expected.maps());
        assertThat(tap.problem().orElse("")).contains(cgroup + " was removed");
      }
    } finally {
      Files.deleteIfExists(cgroup);
    }
  }

  private static Path hierarchy() throws IOException {
    return Mount.all().stream()
        .filter(mount -> mount.type().equals("cgroup2"))
        .map(Mount::place)
        .findFirst()
        .orElseThrow();
  }

  private PinnedTap open(Path pins) throws TapException {
    PinnedTap tap = PinnedTap.open(pins);
    opened.add(tap);
    return tap;
  }

  /** Empty when it is refused for want of descriptors. */
  private static Optional<PinnedTap> openWith(int left, Path pins) throws IOException {
    List<FileInputStream> taken = new ArrayList<>();
    try {
      takeAll(taken);
      for (int i = 0; i < left; i++) {
        taken.remove(taken.size() - 1).close();
      }
      return Optional.of(PinnedTap.open(pins));
    } catch (TapException e) {
      assertThat(e).hasMessageContaining("Too many open files");
      return Optional.empty();
    } finally {
      for (FileInputStream one : taken) {
        one.close();
      }
    }
  }

  private static void takeAll(List<FileInputStream> taken) {
    try {
      while (true) {
        taken.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // All are taken.
    }
  }

  private static long openDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  /** Sets the limit, SOFT:HARD of prlimit(1), and returns the one before. */
  private static String limitDescriptors(String limit) throws Exception {
    String pid = String.valueOf(ProcessHandle.current().pid());
    String before =
        HostChanges.run(
            List.of(
                "prlimit", "--pid", pid, "--nofile", "--raw", "--noheadings", "-o", "SOFT,HARD"));
    HostChanges.run(List.of("prlimit", "--pid", pid, "--nofile=" + limit));
    return before.strip().replace(' ', ':');
  }
}
