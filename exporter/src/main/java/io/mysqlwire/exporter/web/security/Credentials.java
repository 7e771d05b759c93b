package io.mysqlwire.exporter.web.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * What a client says who it is (RFC 7617); prints without the password.
 *
 * @param user up to the first colon
 * @param password each byte as one character, since nothing says what they mean
 */
record Credentials(String user, String password) {
  private static final String SCHEME = "Basic ";

  /** Empty when there are none, or none that can be read. */
  static Optional<Credentials> of(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] both;
    try {
      both = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    for (int colon = 0; colon < both.length; colon++) {
      if (both[colon] == ':') {
        return Optional.of(
            new Credentials(
                new String(both, 0, colon, StandardCharsets.UTF_8),
                new String(both, colon + 1, both.length - colon - 1, StandardCharsets.ISO_8859_1)));
      }
    }
    return Optional.empty();
  }

  byte[] passwordBytes() {
    return password.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return "credentials";
  }
}
