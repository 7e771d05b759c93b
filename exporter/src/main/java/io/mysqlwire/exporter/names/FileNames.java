package io.mysqlwire.exporter.names;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.mysqlwire.exporter.input.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names from a file, read again when it has changed. While it is wrong or gone, the names read last
 * stay.
 */
public final class FileNames implements BackendNames {
  /** A scrape asks for thousands of names: it looks at the file once. */
  static final Duration LOOK = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(FileNames.class);

  private final Path file;
  private final BackendLabels labels;
  private final int maxBackends;
  private final Ticker ticker;
  private final AtomicLong lookAt;
  private volatile FileStamp stamp;
  private volatile LoadingCache<String, Optional<String>> names;

  private FileNames(
      Path file,
      FileStamp stamp,
      NameTable table,
      BackendLabels labels,
      int maxBackends,
      Ticker ticker) {
    this.file = file;
    this.labels = labels;
    this.maxBackends = maxBackends;
    this.ticker = ticker;
    this.stamp = stamp;
    names = cached(table);
    lookAt = new AtomicLong(ticker.read() + LOOK.toNanos());
  }

  /**
   * Reads a file.
   *
   * @throws NamesFileException with everything that is wrong with it
   */
  public static NameSource read(Path file) throws NamesFileException {
    return read(file, Ticker.systemTicker());
  }

  static NameSource read(Path file, Ticker ticker) throws NamesFileException {
    FileStamp stamp = FileStamp.of(file);
    NameTable table = NamesFile.read(file);
    return (ipv4Prefix, ipv6Prefix, maxBackends) ->
        new FileNames(
            file, stamp, table, new BackendLabels(ipv4Prefix, ipv6Prefix), maxBackends, ticker);
  }

  /** Most backends are the same from scrape to scrape: their text is taken apart once. */
  private LoadingCache<String, Optional<String>> cached(NameTable table) {
    return Caffeine.newBuilder()
        .maximumSize(maxBackends)
        .executor(Runnable::run)
        .build(backend -> labels.network(backend).flatMap(table::find));
  }

  @Override
  public Optional<String> of(String backend) {
    long due = lookAt.get();
    if (ticker.read() - due >= 0 && lookAt.compareAndSet(due, ticker.read() + LOOK.toNanos())) {
      readAgain();
    }
    return names.get(backend);
  }

  private synchronized void readAgain() {
    // Taken before it is read: what changes meanwhile has another stamp the next time.
    FileStamp now = FileStamp.of(file);
    if (now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      NameTable table = NamesFile.read(file);
      names = cached(table);
      LOG.atInfo()
          .setMessage("names of backends read again")
          .addKeyValue("file", file)
          .addKeyValue("names", table.size())
          .log();
    } catch (NamesFileException e) {
      LOG.atWarn()
          .setMessage("names of backends stay as they were")
          .addKeyValue("file", file)
          .addKeyValue("problems", e.problems().size())
          .addKeyValue("first", e.getMessage())
          .log();
    }
  }
}
