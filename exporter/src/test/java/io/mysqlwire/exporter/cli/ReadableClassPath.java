package io.mysqlwire.exporter.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The class path as a copy that every user may read; the checkout may be in root's home. */
public final class ReadableClassPath {
  /** Jars past this are database servers of other tests. */
  private static final long LARGE_JAR_BYTES = 8 << 20;

  private ReadableClassPath() {}

  /** Opens {@code directory} to everybody and copies into it. */
  public static String copyTo(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> copies = new ArrayList<>();
    for (String entry : ExporterProcess.classPath().split(File.pathSeparator, -1)) {
      Path source = Path.of(entry);
      if (Files.exists(source) && Files.size(source) < LARGE_JAR_BYTES) {
        Path copy = directory.resolve(copies.size() + "-" + source.getFileName());
        copyTree(source, copy);
        copies.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copyTree(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to(path));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(path, to(path));
            return FileVisitResult.CONTINUE;
          }

          private Path to(Path path) {
            return path.equals(source)
                ? target
                : target.resolve(source.relativize(path).toString());
          }
        });
  }
}
