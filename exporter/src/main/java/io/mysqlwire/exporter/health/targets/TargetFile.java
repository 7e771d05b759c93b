package io.mysqlwire.exporter.health.targets;

import io.mysqlwire.exporter.health.targets.OptionFile.Group;
import io.mysqlwire.exporter.health.targets.OptionFile.Option;
import io.mysqlwire.exporter.health.targets.ProbeTarget.Encryption;
import io.mysqlwire.exporter.input.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file of {@code --probe.dsn-file}: each group {@code [client]} or {@code [client.NAME]} is one
 * server, and takes nothing from the others.
 *
 * <pre>{@code
 * [client]
 * host     = 127.0.0.1
 * user     = mysql_wire_probe
 * password = "…"
 *
 * [client.orders]
 * host     = orders-1.example.org
 * port     = 3307
 * user     = mysql_wire_probe
 * password = "…"
 * ssl-mode = VERIFY_IDENTITY
 * ssl-ca   = /etc/mysql/ca.pem
 * }</pre>
 */
public final class TargetFile {
  private static final String CLIENT = "client";
  private static final int DEFAULT_PORT = 3306;
  private static final Set<String> KNOWN =
      Set.of(
          "host",
          "port",
          "socket",
          "user",
          "password",
          "ssl",
          "ssl-mode",
          "ssl-ca",
          "ssl-verify-server-cert");

  /** What clients understand and is of no meaning to a probe. */
  private static final Set<String> IGNORED = Set.of("default-character-set", "protocol");

  private static final String KNOWN_OPTIONS =
      "use host, port, socket, user, password, ssl-mode, ssl-ca";

  private final OptionFile file;

  private TargetFile(OptionFile file) {
    this.file = file;
  }

  /**
   * Reads all servers.
   *
   * @throws TargetFileException with everything that is wrong with the file
   */
  public static List<ProbeTarget> read(Path path) throws TargetFileException {
    OptionFile file = OptionFile.read(path);
    List<ProbeTarget> targets = new TargetFile(file).targets();
    if (file.problems().isEmpty() && targets.isEmpty()) {
      throw new TargetFileException(
          List.of("\"" + path + "\" has no group [client] or [client.NAME]; write one per server"));
    }
    if (!file.problems().isEmpty()) {
      throw new TargetFileException(file.problems());
    }
    return targets;
  }

  private List<ProbeTarget> targets() {
    List<ProbeTarget> targets = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (Group group : file.groups()) {
      // A file that other programs use, too, has groups of theirs.
      if (group.name().equals(CLIENT) || group.name().startsWith(CLIENT + '.')) {
        ProbeTarget target = target(group);
        Integer before = lines.putIfAbsent(target.endpoint(), group.line());
        if (before != null) {
          file.refuse(
              group.line(),
              "the server of [" + group.name() + "] is that of line " + before + "; keep one");
        }
        targets.add(target);
      }
    }
    return targets;
  }

  private ProbeTarget target(Group group) {
    group.options().forEach(this::checkName);
    String socket = value(group, "socket").orElse("");
    Optional<String> host = value(group, "host").filter(text -> !text.isEmpty());
    Optional<String> user = value(group, "user").filter(text -> !text.isEmpty());
    if (user.isEmpty()) {
      file.refuse(group.line(), "[" + group.name() + "] has no user; write user=NAME");
    }
    // As the clients have it: a socket is for a server of this host.
    boolean local = !socket.isEmpty() && host.map(TargetFile::isLocal).orElse(true);
    return new ProbeTarget(
        group.name(),
        local ? "" : host.map(TargetFile::address).orElse("127.0.0.1"),
        local ? 0 : port(group),
        local ? socket : "",
        user.orElse(""),
        new Secret(value(group, "password").orElse("")),
        encryption(group, local),
        value(group, "ssl-ca"));
  }

  private void checkName(String name, Option option) {
    if (name.startsWith("loose-") || KNOWN.contains(name) || IGNORED.contains(name)) {
      return;
    }
    if (name.equals("ssl-cert") || name.equals("ssl-key")) {
      file.refuse(
          option.line(), "client certificates are not supported; let the account have a password");
    } else {
      file.refuse(option.line(), "option \"" + name + "\" is not known here; " + KNOWN_OPTIONS);
    }
  }

  private static Optional<String> value(Group group, String name) {
    return Optional.ofNullable(group.options().get(name)).map(Option::value);
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost");
  }

  /** Clients take the name for the socket; without a path it has to be an address. */
  private static String address(String host) {
    return isLocal(host) ? "127.0.0.1" : host;
  }

  private int port(Group group) {
    Option option = group.options().get("port");
    if (option == null) {
      return DEFAULT_PORT;
    }
    if (option.value().matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(option.value());
      if (port > 0 && port < 1 << 16) {
        return port;
      }
    }
    file.refuse(option.line(), "port is not a number from 1 to 65535; correct it");
    return DEFAULT_PORT;
  }

  private Encryption encryption(Group group, boolean local) {
    Option mode = group.options().get("ssl-mode");
    if (mode != null) {
      try {
        return Encryption.valueOf(mode.value().toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        file.refuse(
            mode.line(),
            "ssl-mode is none of DISABLED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY; give one of those"
                + " (PREFERRED would not say whether it encrypts)");
        return Encryption.DISABLED;
      }
    }
    if (isOn(group, "ssl-verify-server-cert")) {
      return Encryption.VERIFY_IDENTITY;
    }
    if (group.options().containsKey("ssl-ca") && !local) {
      return Encryption.VERIFY_CA;
    }
    return isOn(group, "ssl") ? Encryption.REQUIRED : Encryption.DISABLED;
  }

  private static boolean isOn(Group group, String name) {
    return value(group, name)
        .map(text -> !Set.of("0", "off", "false").contains(text.toLowerCase(Locale.ROOT)))
        .orElse(false);
  }
}
