package io.mysqlwire.matrix;

import io.mysqlwire.exactness.Observations;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** A Java driver: MySQL Connector/J or MariaDB Connector/J. */
abstract class JdbcClient implements MatrixClient {
  private static final Map<Topic, JdbcTalk> COMMON = JdbcTalks.byTopic();

  private final String label;
  private final String scheme;
  private final String options;

  JdbcClient(String label, String scheme, String options) {
    this.label = label;
    this.scheme = scheme;
    this.options = options;
  }

  /** Something said on one connection. */
  interface JdbcTalk {
    void on(Connection connection, Target target, Observations observed) throws Exception;
  }

  /** What only this driver can say, by topic; it wins over what all can. */
  abstract Map<Topic, JdbcTalk> own();

  /** Driver options that a topic takes. */
  abstract String options(Topic topic);

  @Override
  public String label() {
    return label;
  }

  @Override
  public String impossible(Topic topic, ServerKind kind) {
    boolean known = own().containsKey(topic) || COMMON.containsKey(topic);
    return known ? "" : "driver has no call for it";
  }

  @Override
  public Tally talk(Topic topic, Target target) throws Exception {
    Observations observed = new Observations();
    if (topic == Topic.LOGIN_REFUSED) {
      observed.refused(() -> connect(target, topic, Target.NATIVE, "wrong"));
      observed.refused(() -> connect(target, topic, "nobody", ""));
      return observed.tally();
    }
    JdbcTalk talk = own().containsKey(topic) ? own().get(topic) : COMMON.get(topic);
    if (talk == null) {
      throw new IllegalArgumentException(label + " can't " + topic);
    }
    String user = topic == Topic.LOGIN_SHA2 ? Target.SHA2 : Target.NATIVE;
    try (Connection connection = connect(target, topic, user, Target.PASSWORD)) {
      talk.on(connection, target, observed);
    }
    if (topic == Topic.LOGIN_SHA2) {
      // By now the server knows the password: the fast way.
      connect(target, topic, user, Target.PASSWORD).close();
    }
    return observed.tally();
  }

  private Connection connect(Target target, Topic topic, String user, String password)
      throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return DriverManager.getConnection(
        "jdbc:%s://127.0.0.1:%d/%s?allowMultiQueries=true&allowPublicKeyRetrieval=true&%s&%s"
            .formatted(scheme, target.port(), Target.SCHEMA, options, options(topic)),
        login);
  }
}
