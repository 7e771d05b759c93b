package io.mysqlwire.exporter.health.traffic;

import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;
import java.util.Optional;
import java.util.Set;

/** Errors that say something of the server, whoever gets them. All others are their backend's. */
@SuppressWarnings("ImmutableEnumChecker") // Set.of() is
enum Meaning {
  /** Too many connections, no thread for one, offline mode. */
  REFUSED(Set.of(1040, 1135, 3032)),
  /** ER_OPTION_PREVENTS_STATEMENT (read_only, or another option) and ER_READ_ONLY_MODE. */
  READ_ONLY(Set.of(1290, 1836)),
  /** EE_WRITE, ENOSPC of the handler, ER_DISK_FULL, ER_RECORD_FILE_FULL, ER_ERROR_ON_WRITE. */
  NO_SPACE(Set.of(3, 28, 1021, 1114, 1026));

  private final Set<Integer> codes;

  Meaning(Set<Integer> codes) {
    this.codes = codes;
  }

  static Optional<Meaning> of(ErrorCount error) {
    for (Meaning meaning : values()) {
      boolean login = error.type() == ResponseType.AUTH_ERR;
      if (meaning.codes.contains(error.code()) && login == (meaning == REFUSED)) {
        return Optional.of(meaning);
      }
    }
    return Optional.empty();
  }
}
