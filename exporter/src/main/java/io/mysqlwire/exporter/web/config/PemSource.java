package io.mysqlwire.exporter.web.config;

import io.mysqlwire.exporter.input.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a certificate or key is: in a file of its own, or in the text of the web config file.
 *
 * @param key of the web config file, for complaints
 * @param place of its value
 * @param file empty when it is inline
 * @param inline empty when it is in a file
 */
public record PemSource(String key, Place place, Optional<Path> file, Secret inline) {
  /** The file of {@code KEY_file}, else the text of {@code KEY}; empty when there is neither. */
  static Optional<PemSource> read(Section section, String key, Path directory) {
    @Nullable Scalar inline = section.text(key);
    @Nullable Scalar file = section.text(key + "_file");
    if (file != null && !file.text().isEmpty()) {
      return Optional.of(
          new PemSource(
              section.path(key + "_file"),
              file.place(),
              Optional.of(directory.resolve(file.text())),
              new Secret("")));
    }
    if (inline != null && !inline.text().isEmpty()) {
      return Optional.of(
          new PemSource(
              section.path(key), inline.place(), Optional.empty(), new Secret(inline.text())));
    }
    return Optional.empty();
  }
}
