package io.mysqlwire.exporter.web.config;

import io.mysqlwire.exporter.input.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the file says.
 *
 * @param http2 whether HTTP/2 is offered over TLS
 * @param headers for every response
 * @param users bcrypt hashes of passwords by name; empty when everybody may read
 * @param rateLimit empty for none
 */
public record WebConfig(
    Optional<TlsSection> tls,
    boolean http2,
    Map<String, String> headers,
    Map<String, Secret> users,
    Optional<RateLimit> rateLimit) {
  public WebConfig {
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
  }

  /**
   * Reads the text of the file; files that it names are not looked at.
   *
   * @param file that the text is from
   * @throws WebConfigException with everything that is wrong
   */
  public static WebConfig parse(Path file, String text) throws WebConfigException {
    Complaints complaints = new Complaints(file);
    Section root = YamlText.parse(text, complaints);
    Path parent = file.toAbsolutePath().getParent();
    Optional<TlsSection> tls =
        new TlsReader(root.section("tls_server_config"), complaints)
            .read(parent == null ? file : parent);
    Section http = root.section("http_server_config");
    boolean http2 = http.flag("http2", true);
    Map<String, String> headers = Headers.read(http.section("headers"), complaints);
    http.refuseOthers();
    Map<String, Secret> users = Users.read(root.section("basic_auth_users"), complaints);
    Optional<RateLimit> rateLimit = RateLimit.read(root.section("rate_limit"), complaints);
    root.refuseOthers();
    complaints.throwIfAny();
    return new WebConfig(tls, http2, headers, users, rateLimit);
  }
}
