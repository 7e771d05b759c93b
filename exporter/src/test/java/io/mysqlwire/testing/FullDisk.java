package io.mysqlwire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk without room for one more byte. */
public final class FullDisk {
  private static final int SOME = 256;

  private FullDisk() {}

  /** Writes a file until the disk is full. */
  public static void fill(Path file) throws IOException {
    byte[] some = new byte[SOME];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
