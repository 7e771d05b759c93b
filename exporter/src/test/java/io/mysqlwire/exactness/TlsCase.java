package io.mysqlwire.exactness;

import io.mysqlwire.testing.Tally;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can befall an encrypted connection. Its clients read to the end, so that all is known. */
@SuppressWarnings("ImmutableEnumChecker") // its lambdas keep nothing
enum TlsCase {
  /** The server is told to stop in the middle of an answer. */
  QUERY_KILLED(TlsInterruptions::killQuery, "err 1317"),
  CONNECTION_KILLED(TlsInterruptions::killConnection, "auth_ok"),
  /** The server stops by itself. */
  STATEMENT_TIMES_OUT(TlsInterruptions::timeOut, "err (1969|3024)"),
  IDLE_TIMES_OUT(TlsInterruptions::idle, "ok"),
  /** The client does not read until the server can send no more, and goes on then. */
  STOPS_READING(TlsPause::run, "resultset"),
  CHANGES_USER(TlsAccounts::change, "auth_err 1045"),
  IS_NOT_LET_IN(TlsAccounts::refuse, "auth_err 1045"),
  /** Commands that are not waited for. */
  HURRIES(TlsHurry::run, "err 1064"),
  /** Many short connections, whose sessions TLS may take up again. */
  COMES_BACK(TlsShortConnections::run, "auth_ok"),
  /** The same account from the same address, in the clear and not, at the same time. */
  IS_MIXED(TlsMixture::run, "resultset");

  private final Talk talk;
  private final Pattern proof;

  TlsCase(Talk talk, String response) {
    this.talk = talk;
    this.proof = Pattern.compile(" response " + response);
  }

  /** Those that the system property {@code mysqlwire.cases} lists; without it, all. */
  static List<TlsCase> underTest() {
    String names = System.getProperty("mysqlwire.cases", "");
    return names.isEmpty()
        ? List.of(values())
        : Stream.of(names.split(",", -1)).map(TlsCase::valueOf).toList();
  }

  /** What is done. */
  interface Talk {
    void run(TlsTalk talk) throws Exception;
  }

  void run(TlsTalk where) throws Exception {
    talk.run(where);
  }

  /** Whether a witness has seen it happen. */
  boolean isProvedBy(Tally witnessed) {
    return witnessed.counts().keySet().stream().anyMatch(proof.asPredicate());
  }
}
