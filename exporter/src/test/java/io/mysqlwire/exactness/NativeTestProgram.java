package io.mysqlwire.exactness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What tests need in C, from {@code bpf/src/test/native}. */
final class NativeTestProgram {
  private NativeTestProgram() {}

  /** Compiles it, if it is not yet, and returns its path. */
  static Path make(String name) throws IOException {
    Path bpf =
        Stream.of(Path.of("bpf"), Path.of("../bpf"))
            .filter(path -> Files.exists(path.resolve("Makefile")))
            .findFirst()
            .orElseThrow(() -> new IOException("no folder bpf with a Makefile"));
    String target = "target/native/" + name;
    HostChanges.run(List.of("make", "--no-print-directory", "-s", "-C", bpf.toString(), target));
    return bpf.resolve(target);
  }
}
