package io.mysqlwire.exporter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.exactness.Dropper;
import io.mysqlwire.exactness.HostChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Programs of somebody else in a cgroup of the test's own, which let everything pass. All of it
 * goes with {@link #close}, or with this JVM. Needs root and bpftool.
 */
final class ForeignPrograms implements AutoCloseable {
  /** One of {@code dropper.bpf.c}, which drops nothing before it is told to. */
  private static final String PROGRAM = "drop_egress";

  private static final String HOOK = "egress";

  private final HostChanges changes = new HostChanges();
  private final Path cgroup;
  private final Path pins;
  private int loaded;

  ForeignPrograms() throws IOException {
    cgroup =
        CgroupDirectory.findRoot()
            .orElseThrow()
            .resolve("mysql-wire-test-" + ProcessHandle.current().pid());
    try {
      pins = changes.bpfFileSystem("mysqlwire-foreign-");
      // What is attached goes with its cgroup.
      changes.make(
          List.of("mkdir", cgroup.toString()),
          List.of("find", cgroup.toString(), "-depth", "-type", "d", "-delete"));
    } catch (IOException e) {
      changes.close();
      throw e;
    }
  }

  Path cgroup() {
    return cgroup;
  }

  Path newChild() throws IOException {
    return Files.createDirectory(cgroup.resolve("child"));
  }

  /** Attaches so many programs with these flags of {@code bpftool cgroup attach}. */
  void attach(int programs, String... flags) throws IOException {
    String object = Dropper.object().toString();
    for (int i = 0; i < programs; i++) {
      Path place = pins.resolve("programs-" + loaded++);
      HostChanges.run(List.of("bpftool", "prog", "loadall", object, place.toString()));
      List<String> attach = new ArrayList<>(List.of("bpftool", "cgroup", "attach"));
      attach.addAll(List.of(cgroup.toString(), HOOK, "pinned", place.resolve(PROGRAM).toString()));
      attach.addAll(Arrays.asList(flags));
      HostChanges.run(attach);
    }
  }

  /** Names of what is attached to the cgroup. */
  List<String> attached() throws IOException {
    String shown =
        HostChanges.run(List.of("bpftool", "--json", "cgroup", "show", cgroup.toString()));
    List<String> names = new ArrayList<>();
    JsonNode programs = new ObjectMapper().readTree(shown.isBlank() ? "[]" : shown);
    programs.forEach(program -> names.add(program.path("name").asText()));
    return names;
  }

  @Override
  public void close() throws IOException {
    changes.close();
  }
}
