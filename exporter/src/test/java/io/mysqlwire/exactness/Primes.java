package io.mysqlwire.exactness;

import java.math.BigInteger;

/** Ascending primes, none twice: a count that came out of two others would show. */
final class Primes {
  private BigInteger last;

  Primes(int above) {
    last = BigInteger.valueOf(above);
  }

  synchronized int next() {
    last = last.nextProbablePrime();
    return last.intValueExact();
  }
}
