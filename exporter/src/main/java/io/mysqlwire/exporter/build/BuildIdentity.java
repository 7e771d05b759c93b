package io.mysqlwire.exporter.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build of the program this is.
 *
 * @param version version of the release, e.g. {@code 0.1.0}
 * @param revision commit that it was built from, {@code unknown} when the build was not told
 */
public record BuildIdentity(String version, String revision) {

  /** Reads what the build wrote beside this class. */
  public static BuildIdentity read() {
    Properties properties = new Properties();
    try (InputStream in = BuildIdentity.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("build.properties inside the jar", e);
    }
    return new BuildIdentity(
        properties.getProperty("version", "unknown"),
        properties.getProperty("revision", "unknown"));
  }
}
