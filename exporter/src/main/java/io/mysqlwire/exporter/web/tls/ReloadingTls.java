package io.mysqlwire.exporter.web.tls;

import io.mysqlwire.exporter.input.FileStamp;
import io.mysqlwire.exporter.web.config.PemSource;
import io.mysqlwire.exporter.web.config.TlsSection;
import io.mysqlwire.exporter.web.config.WebConfig;
import io.mysqlwire.exporter.web.config.WebConfigException;
import io.mysqlwire.exporter.web.config.WebConfigFile;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS for each connection as the files say when it comes; unchanged ones cost a {@code stat()}. */
public final class ReloadingTls extends SslContextFactory.Server {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);

  private final WebConfigFile file;
  private final SSLContext refusing = TlsMaterial.refusing();
  private @Nullable TlsSection section;
  private Map<PemSource, FileStamp> stamps = Map.of();
  private @Nullable TlsMaterial material;
  private List<String> logged = List.of();

  /**
   * Reads everything for the first time.
   *
   * @throws WebConfigException with everything that is wrong
   */
  public ReloadingTls(WebConfigFile file) throws WebConfigException {
    this.file = file;
    setRenegotiationAllowed(false);
    setSslContext(refusing); // so that Jetty looks for no key store of its own
    load(file.atStart());
  }

  private static Map<PemSource, FileStamp> stamps(TlsSection section) {
    Map<PemSource, FileStamp> stamps = new HashMap<>();
    Stream.of(Optional.of(section.certificate()), Optional.of(section.key()), section.clientCa())
        .flatMap(Optional::stream)
        .forEach(pem -> pem.file().ifPresent(path -> stamps.put(pem, FileStamp.of(path))));
    return stamps;
  }

  private synchronized TlsMaterial load(WebConfig config) throws WebConfigException {
    TlsSection latest =
        config
            .tls()
            .orElseThrow(
                () ->
                    new WebConfigException(
                        List.of(
                            file.path()
                                + " has no tls_server_config any more; put it back, or restart the"
                                + " exporter for plain HTTP")));
    Map<PemSource, FileStamp> latestStamps = stamps(latest);
    boolean unchanged =
        latest.equals(section)
            && latestStamps.equals(stamps)
            && latestStamps.values().stream().allMatch(FileStamp::isSettled);
    if (material == null || !unchanged) {
      material = null;
      material = TlsMaterial.load(file.path(), latest);
      section = latest;
      stamps = latestStamps;
    }
    return material;
  }

  private SSLEngine engineOfNow() {
    WebConfig config;
    try {
      config = file.now();
    } catch (WebConfigException e) {
      return refusingEngine(); // the file has logged it
    }
    try {
      SSLEngine engine = load(config).newEngine();
      log(List.of());
      return engine;
    } catch (WebConfigException e) {
      log(e.problems());
      return refusingEngine();
    }
  }

  private SSLEngine refusingEngine() {
    SSLEngine engine = refusing.createSSLEngine();
    engine.setUseClientMode(false);
    return engine;
  }

  /** Once for each change, not for each handshake. */
  private synchronized void log(List<String> problems) {
    if (!problems.equals(logged)) {
      logged = problems;
      problems.forEach(problem -> LOG.warn("TLS handshakes are refused: {}", problem));
      if (problems.isEmpty()) {
        LOG.info("TLS handshakes are possible again");
      }
    }
  }

  @Override
  public SSLEngine newSSLEngine() {
    return engineOfNow();
  }

  @Override
  public SSLEngine newSSLEngine(String host, int port) {
    return engineOfNow();
  }

  @Override
  public SSLEngine newSSLEngine(InetSocketAddress address) {
    return engineOfNow();
  }
}
