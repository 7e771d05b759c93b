package io.mysqlwire.exporter.web.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Alternative names of which a client's certificate has to have one, letter by letter. */
final class AllowedSans {
  /** Kinds of RFC 5280's GeneralName: e-mail, DNS, URI, IP address. */
  private static final Set<Integer> KINDS = Set.of(1, 2, 6, 7);

  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final Set<String> allowed;

  AllowedSans(List<String> allowed) {
    this.allowed = allowed.stream().map(AllowedSans::uniform).collect(Collectors.toSet());
  }

  /** Throws unless the certificate has one of them, or any will do. */
  void check(X509Certificate certificate) throws CertificateException {
    if (!allowed.isEmpty() && names(certificate).stream().noneMatch(allowed::contains)) {
      throw new CertificateException("none of the certificate's alternative names is allowed");
    }
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null) {
      return List.of();
    }
    return names.stream()
        .filter(name -> KINDS.contains(name.get(0)))
        .map(name -> uniform(String.valueOf(name.get(1))))
        .toList();
  }

  /** IPv6 addresses have several forms: Java and Go do not write the same one. */
  private static String uniform(String name) {
    if (ADDRESS.matcher(name).matches()) {
      try {
        return InetAddress.getByName(name).getHostAddress(); // a literal: no one is asked
      } catch (UnknownHostException e) {
        return name;
      }
    }
    return name;
  }
}
