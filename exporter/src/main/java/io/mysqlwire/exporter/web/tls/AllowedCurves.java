package io.mysqlwire.exporter.web.tls;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Groups for the key exchange. A property of the whole JVM (jdk.tls.namedGroups) has an order as
 * well, but can't change; {@code SSLParameters.setNamedGroups} comes with Java 20.
 */
record AllowedCurves(List<String> curves) implements AlgorithmConstraints {
  /** Names of groups in JSSE, which asks for each by its name before it uses it. */
  private static final Pattern GROUP = Pattern.compile("secp\\d+\\w+|x25519|x448|ffdhe\\d+");

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
    String name = algorithm.toLowerCase(Locale.ROOT);
    return !primitives.contains(CryptoPrimitive.KEY_AGREEMENT)
        || !GROUP.matcher(name).matches()
        || curves.contains(name);
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return true;
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives,
      String algorithm,
      Key key,
      @Nullable AlgorithmParameters parameters) {
    return true;
  }
}
