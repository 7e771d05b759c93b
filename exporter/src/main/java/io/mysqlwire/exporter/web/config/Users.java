package io.mysqlwire.exporter.web.config;

import io.mysqlwire.exporter.input.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Who may log in, with the bcrypt hash of the password. */
final class Users {
  /** Versions a, b and y are one algorithm; x is that of a faulty implementation. */
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");

  private Users() {}

  static Map<String, Secret> read(Section section, Complaints complaints) {
    Map<String, Secret> users = new LinkedHashMap<>();
    section
        .entries()
        .forEach(
            (user, hash) -> {
              if (user.indexOf(':') >= 0) {
                complaints.add(
                    section.place(user),
                    section.path(Complaints.quoted(user)) + ": such a user could never log in",
                    "choose a name without a colon");
              } else if (!BCRYPT.matcher(hash.text()).matches()) {
                complaints.add(
                    hash.place(),
                    section.path(Complaints.quoted(user)) + " is not a bcrypt hash",
                    "make one: htpasswd -nBC 10 NAME prints NAME:HASH, take what is behind the"
                        + " colon");
              }
              users.put(user, new Secret(hash.text()));
            });
    return users;
  }
}
