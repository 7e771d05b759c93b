package io.mysqlwire.exporter.health.probe;

import io.mysqlwire.exporter.health.targets.ProbeTarget;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.Driver;

/** Opens connections to one server. */
final class Dialer {
  private final ProbeTarget target;
  private final ProbeSettings settings;
  private final Configuration configuration;

  Dialer(ProbeTarget target, ProbeSettings settings) throws SQLException {
    this.target = target;
    this.settings = settings;
    configuration = configuration(target);
  }

  /** By the driver's URL: what its own builder makes lacks a map that some plugins ask for. */
  private static Configuration configuration(ProbeTarget target) throws SQLException {
    Properties options = new Properties();
    options.setProperty("user", target.user());
    options.setProperty("password", target.password().text());
    options.setProperty("socketFactory", ProbeSocketFactory.class.getName());
    // Who hangs is told by another thread, and given up by it.
    options.setProperty("connectTimeout", "0");
    options.setProperty("socketTimeout", "0");
    options.setProperty("allowLocalInfile", "false");
    options.setProperty("allowPublicKeyRetrieval", "true"); // caching_sha2_password without TLS
    options.setProperty("useAffectedRows", "true");
    options.setProperty("connectionAttributes", "program_name:mysql-wire-exporter");
    options.setProperty("sslMode", sslMode(target.encryption()));
    target.authorities().ifPresent(file -> options.setProperty("serverSslCert", file));
    return Objects.requireNonNull(Configuration.parse("jdbc:mariadb://" + host(target), options));
  }

  /** The socket knows better; the driver wants some host, for names in certificates. */
  private static String host(ProbeTarget target) {
    return (target.socket().isEmpty() ? target.endpoint() : "localhost") + '/';
  }

  /** The driver's name for it. */
  private static String sslMode(ProbeTarget.Encryption encryption) {
    return switch (encryption) {
      case DISABLED -> "disable";
      case REQUIRED -> "trust";
      case VERIFY_CA -> "verify-ca";
      case VERIFY_IDENTITY -> "verify-full";
    };
  }

  /** A socket for the next connection, which can be aborted from the start. */
  RawSocket newSocket() {
    return new RawSocket(target, (int) settings.timeout().toMillis());
  }

  /** Logs in. */
  Connection open(RawSocket socket) throws SQLException {
    ProbeSocketFactory.give(socket);
    return Driver.connect(configuration);
  }
}
