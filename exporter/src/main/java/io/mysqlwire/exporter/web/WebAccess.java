package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.web.config.TlsSection;
import io.mysqlwire.exporter.web.config.WebConfigException;
import io.mysqlwire.exporter.web.config.WebConfigFile;
import io.mysqlwire.exporter.web.tls.ReloadingTls;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may read the pages and how: the web config file, checked with all that it names.
 *
 * @param tls empty for plain HTTP
 */
public record WebAccess(WebConfigFile file, Optional<ReloadingTls> tls) {
  /**
   * Reads the file, its certificates and its keys.
   *
   * @throws WebConfigException with everything that is wrong
   */
  public static WebAccess open(Path path) throws WebConfigException {
    WebConfigFile file = WebConfigFile.open(path);
    Optional<TlsSection> tls = file.atStart().tls();
    return new WebAccess(
        file, tls.isPresent() ? Optional.of(new ReloadingTls(file)) : Optional.empty());
  }
}
