package io.mysqlwire.exporter.names;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names from reverse lookups. A name is looked up again every ten minutes, and the one before shown
 * until there is an answer; an address without a name is tried again after a minute.
 */
final class DnsNames implements BackendNames {
  static final Duration REFRESH = Duration.ofMinutes(10);
  static final Duration RETRY = Duration.ofMinutes(1);

  /** A name outlives a failing resolver by this: dashboards that join with it go on. */
  static final Duration KEEP = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(DnsNames.class);
  private static final Answer NO_NAME = new Answer(Optional.empty(), 0);

  private final BackendLabels labels;
  private final Function<InetAddress, Optional<String>> resolver;
  private final Executor lookups;
  private final Ticker ticker;
  private final AsyncLoadingCache<String, Answer> answers;
  private final AtomicBoolean complained = new AtomicBoolean();

  /** The outcome of the latest lookup, and when the name was last found. */
  private record Answer(Optional<String> name, long foundAt) {}

  DnsNames(BackendLabels labels, int maxBackends) {
    this(
        labels,
        maxBackends,
        HostNames::lookUp,
        LookupThreads.open(maxBackends),
        Ticker.systemTicker());
    if (labels.ipv4Prefix() < 32 || labels.ipv6Prefix() < 128) {
      LOG.atWarn()
          .setMessage("networks have no names in DNS: only backends that are addresses get one")
          .addKeyValue("ipv4_prefix", labels.ipv4Prefix())
          .addKeyValue("ipv6_prefix", labels.ipv6Prefix())
          .log();
    }
  }

  /**
   * Parts that tests replace.
   *
   * @param resolver asks and waits
   * @param lookups runs the resolver; may reject what it has no room for
   */
  DnsNames(
      BackendLabels labels,
      int maxBackends,
      Function<InetAddress, Optional<String>> resolver,
      Executor lookups,
      Ticker ticker) {
    this.labels = labels;
    this.resolver = resolver;
    this.lookups = lookups;
    this.ticker = ticker;
    answers =
        Caffeine.newBuilder()
            .maximumSize(maxBackends)
            .expireAfter(Expiry.<String, Answer>writing((backend, answer) -> lifetime(answer)))
            .refreshAfterWrite(REFRESH)
            .ticker(ticker)
            .executor(Runnable::run) // the cache's own chores must not queue behind lookups
            .buildAsync(new Loader());
  }

  private static Duration lifetime(Answer answer) {
    return answer.name().isPresent() ? KEEP : RETRY;
  }

  @Override
  public Optional<String> of(String backend) {
    try {
      return answers.get(backend).getNow(NO_NAME).name();
    } catch (RejectedExecutionException e) {
      complain();
      return Optional.empty(); // asked again by the next scrape
    }
  }

  private void complain() {
    if (complained.compareAndSet(false, true)) {
      LOG.warn("reverse lookups are slow or hang: backends stay without a name; is DNS up?");
    }
  }

  /** Lookups on threads of their own. */
  private final class Loader implements AsyncCacheLoader<String, Answer> {
    @Override
    public CompletableFuture<Answer> asyncLoad(String backend, Executor cacheExecutor) {
      Optional<Network> network = labels.network(backend).filter(Network::isAddress);
      if (network.isEmpty()) {
        return CompletableFuture.completedFuture(NO_NAME);
      }
      return CompletableFuture.supplyAsync(() -> lookUp(network.get().first()), lookups);
    }

    @Override
    public CompletableFuture<Answer> asyncReload(String backend, Answer old, Executor executor) {
      try {
        return asyncLoad(backend, executor)
            .thenApply(answer -> answer.name().isPresent() || isStale(old) ? answer : old);
      } catch (RejectedExecutionException e) {
        complain();
        return CompletableFuture.completedFuture(old);
      }
    }

    private Answer lookUp(InetAddress address) {
      try {
        return new Answer(resolver.apply(address), ticker.read());
      } catch (RuntimeException e) {
        LOG.debug("a reverse lookup failed", e);
        return NO_NAME;
      }
    }

    private boolean isStale(Answer answer) {
      return ticker.read() - answer.foundAt() >= KEEP.toNanos();
    }
  }
}
