package io.mysqlwire.exporter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.web.config.RateLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void shouldGiveABurstAndThenOneEachInterval() {
    TokenBucket bucket = new TokenBucket(new RateLimit(Duration.ofNanos(10), 2), now::get);
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isFalse();
    now.addAndGet(10); // past the largest long, as nanoTime may
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isFalse();
    now.addAndGet(1_000);
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).isTrue();
    assertThat(bucket.take()).as("no more than the burst").isFalse();
  }
}
