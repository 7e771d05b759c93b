package io.mysqlwire.bpf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Finds and loads {@code libmysqlwire.so}: the file named by the system property {@value #PATH},
 * and no other if it is set; else the one for this processor inside the jar.
 */
final class NativeLibrary {
  /** System property with the path of the library. */
  static final String PATH = "mysqlwire.library";

  private NativeLibrary() {}

  static void load() {
    String path = System.getProperty(PATH);
    if (path != null) {
      System.load(Path.of(path).toAbsolutePath().toString());
      return;
    }
    String processor = System.getProperty("os.arch", "unknown");
    String resource = "/native/linux-" + processor + "/libmysqlwire.so";
    try (InputStream library = NativeLibrary.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new UnsatisfiedLinkError(
            "no native library for processor " + processor + " in this build");
      }
      Path copy = Files.createTempFile("libmysqlwire", ".so");
      try {
        Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
        System.load(copy.toString());
      } finally {
        // The mapping keeps the file alive; its name is not needed any more.
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(
              "cannot unpack the native library into "
                  + System.getProperty("java.io.tmpdir")
                  + ": "
                  + e.getMessage()
                  + "; set -Djava.io.tmpdir to a writable directory on a file system without noexec");
      error.initCause(e);
      throw error;
    }
  }
}
