package io.mysqlwire.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.probe.Check;
import io.mysqlwire.exporter.health.probe.Finding;
import io.mysqlwire.exporter.health.probe.ProbeKind;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.ServerKind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is wrong with the probes' account or table is said, and taken for no fault of the server's:
 * probes that can ask go on to.
 */
@SuppressWarnings("try") // clients are there to be counted
class ProbeTroubleIT {
  private static final String ACCOUNT = "'" + ProbeAccount.USER + "'@'127.0.0.1'";

  /** A change as root, and what the probes say then. */
  private static void shouldSay(
      JudgedServer judged, String sql, Set<ProbeKind> denied, int... codes) throws Exception {
    ProbeAccount.asRoot(judged.server(), sql);
    ProbeAccount.asRoot(judged.server(), "FLUSH PRIVILEGES");
    for (ProbeKind kind : denied) {
      Await.until(
          kind + " is denied after " + sql, () -> judged.check(kind).finding() == Finding.DENIED);
      Check check = judged.check(kind);
      System.out.println(judged.server().kind().label() + " " + check);
      assertThat(codes).contains(check.code());
      assertThat(check.message()).isNotEmpty().doesNotContain(ProbeAccount.PASSWORD);
    }
    judged.shouldStay(Reason.OK, 4);
    for (ProbeKind kind : Set.of(ProbeKind.CONNECT, ProbeKind.SELECT_1, ProbeKind.READ)) {
      if (!denied.contains(kind)) {
        assertThat(judged.check(kind).isOk()).as(kind + " goes on").isTrue();
      }
    }
  }

  private static void repair(JudgedServer judged) throws Exception {
    EmbeddedServer server = judged.server();
    ProbeAccount.asRoot(server, "DROP USER IF EXISTS " + ACCOUNT);
    ProbeAccount.create(server);
    for (ProbeKind kind : Set.of(ProbeKind.CONNECT, ProbeKind.READ, ProbeKind.WRITE)) {
      Await.until(kind + " is well again", () -> judged.check(kind).isOk());
    }
  }

  /** MySQL refuses the login. MariaDB lets it in, by default, and then answers nothing. */
  private static void shouldSayThatThePasswordIsExpired(JudgedServer judged) throws Exception {
    String expire = "ALTER USER " + ACCOUNT + " PASSWORD EXPIRE";
    if (judged.server().kind().isMariaDb()) {
      ProbeAccount.asRoot(judged.server(), expire);
      Set<ProbeKind> denied = Set.of(ProbeKind.SELECT_1, ProbeKind.READ, ProbeKind.WRITE);
      shouldSay(judged, "KILL USER " + ProbeAccount.USER, denied, 1820);
    } else {
      shouldSay(judged, expire, Set.of(ProbeKind.CONNECT), 1862, 1820);
    }
  }

  /** A way to log in that the driver does not have. */
  private static String unknownLogin(ServerKind kind) {
    return "ALTER USER "
        + ACCOUNT
        + (kind.isMariaDb()
            ? " IDENTIFIED VIA mysql_old_password USING '0123456789abcdef'"
            : " IDENTIFIED WITH sha256_password BY 'new'");
  }

  private static Map<String, String> options(ServerKind kind) {
    return kind.isMariaDb() ? Map.of("secure-auth", "0") : Map.of();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB_11_4", "MARIADB_SYSTEM", "MYSQL_8_0", "MYSQL_5_7"})
  void shouldSayWhatIsWrongWithTheAccount(ServerKind kind) throws Exception {
    if (!kind.isAvailable()) {
      return;
    }
    try (JudgedServer judged = JudgedServer.probed(kind, options(kind));
        Shoppers shoppers = Shoppers.start(judged.server(), 2)) {
      judged.shouldBecomeWell();
      shouldSay(
          judged,
          "RENAME TABLE mysql.health_check TO mysql.health_check_away",
          Set.of(ProbeKind.READ, ProbeKind.WRITE),
          1146);
      ProbeAccount.asRoot(
          judged.server(), "RENAME TABLE mysql.health_check_away TO mysql.health_check");
      repair(judged);
      shouldSay(
          judged,
          "REVOKE INSERT, UPDATE ON mysql.health_check FROM " + ACCOUNT,
          Set.of(ProbeKind.WRITE),
          1142);
      repair(judged);
      shouldSay(
          judged,
          "ALTER USER " + ACCOUNT + " IDENTIFIED BY 'new'",
          Set.of(ProbeKind.CONNECT),
          1045);
      repair(judged);
      shouldSay(judged, "ALTER USER " + ACCOUNT + " REQUIRE SSL", Set.of(ProbeKind.CONNECT), 1045);
      repair(judged);
      shouldSayThatThePasswordIsExpired(judged);
      repair(judged);
      shouldSay(judged, unknownLogin(kind), Set.of(ProbeKind.CONNECT), 1251, 0);
      assertThat(judged.check(ProbeKind.CONNECT).message()).containsIgnoringCase("authentication");
      repair(judged);
    }
  }
}
