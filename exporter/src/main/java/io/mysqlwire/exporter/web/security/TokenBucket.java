package io.mysqlwire.exporter.web.security;

import io.mysqlwire.exporter.web.config.RateLimit;
import java.util.function.LongSupplier;

/** The rate limit: a request takes a token, and one comes back each interval. Starts full. */
final class TokenBucket {
  private final LongSupplier nanoTime;
  private final double tokensPerNanosecond;
  private final int burst;
  private double tokens;
  private long last;

  TokenBucket(RateLimit limit, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.tokensPerNanosecond = 1.0 / limit.interval().toNanos();
    this.burst = limit.burst();
    this.tokens = burst;
    this.last = nanoTime.getAsLong();
  }

  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(burst, tokens + (now - last) * tokensPerNanosecond);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
