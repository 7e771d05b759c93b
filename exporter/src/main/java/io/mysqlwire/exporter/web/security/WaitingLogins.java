package io.mysqlwire.exporter.web.security;

import io.mysqlwire.exporter.web.security.PasswordChecks.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Logins whose password is not checked yet, each kind of them once. */
final class WaitingLogins {
  /** About 2 s of checks at cost 10: who comes last is still answered in a scrape's time. */
  static final int MOST = 32;

  /** So that one address alone can't keep others from their first login. */
  static final int MOST_OF_ADDRESS = 16;

  /** What became of a login that came. */
  enum Place {
    /** It has to be checked. */
    FIRST,
    /** The same one waits already. */
    JOINED,
    /** Too many wait. */
    REFUSED
  }

  private final Map<String, List<Consumer<Verdict>>> waiting = new HashMap<>();
  private final Map<String, Integer> ofAddress = new HashMap<>();

  synchronized Place add(String fingerprint, String address, Consumer<Verdict> then) {
    List<Consumer<Verdict>> same = waiting.get(fingerprint);
    if (same != null) {
      same.add(then);
      return Place.JOINED;
    }
    int already = ofAddress.getOrDefault(address, 0);
    if (waiting.size() >= MOST || already >= MOST_OF_ADDRESS) {
      return Place.REFUSED;
    }
    ofAddress.put(address, already + 1);
    waiting.put(fingerprint, new ArrayList<>(List.of(then)));
    return Place.FIRST;
  }

  /**
   * Takes a login out.
   *
   * @param address of the first that came with it
   * @return all that waited for it
   */
  synchronized List<Consumer<Verdict>> remove(String fingerprint, String address) {
    ofAddress.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    List<Consumer<Verdict>> all = waiting.remove(fingerprint);
    return all == null ? List.of() : all;
  }
}
