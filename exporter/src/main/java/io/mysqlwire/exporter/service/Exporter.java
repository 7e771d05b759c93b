package io.mysqlwire.exporter.service;

import io.mysqlwire.bpf.TapDescription;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WireReader;
import io.mysqlwire.exporter.build.BuildIdentity;
import io.mysqlwire.exporter.collector.BuildCollector;
import io.mysqlwire.exporter.collector.IdleBackends;
import io.mysqlwire.exporter.collector.JvmCollector;
import io.mysqlwire.exporter.collector.WireCollector;
import io.mysqlwire.exporter.names.BackendNames;
import io.mysqlwire.exporter.servers.ServerWatch;
import io.mysqlwire.exporter.status.StatusReader;
import io.mysqlwire.exporter.web.About;
import io.mysqlwire.exporter.web.Families;
import io.mysqlwire.exporter.web.HealthPages;
import io.mysqlwire.exporter.web.LandingPage;
import io.mysqlwire.exporter.web.ListenAddress;
import io.mysqlwire.exporter.web.ListenException;
import io.mysqlwire.exporter.web.MetricsPage;
import io.mysqlwire.exporter.web.Pages;
import io.mysqlwire.exporter.web.WebServer;
import io.mysqlwire.exporter.web.delivery.Bodies;
import io.mysqlwire.exporter.web.delivery.SharedPage;
import io.prometheus.client.CollectorRegistry;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is counted and the web pages over it, from the first request to the last. */
public final class Exporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

  private final WebServer web;
  private final WireReader tap;
  private final ServerWatch servers;
  private volatile boolean closed;

  private Exporter(WebServer web, WireReader tap, ServerWatch servers) {
    this.web = web;
    this.tap = tap;
    this.servers = servers;
  }

  /** Opens what is to be read. */
  @FunctionalInterface
  public interface Opening {
    WireReader open() throws TapException;
  }

  /**
   * Takes the ports, opens the tap, then begins to answer: a port in use is found before the kernel
   * is touched, and no scrape ever sees an exporter that is not counting.
   */
  public static Exporter start(Opening opening, ServeConfig config)
      throws ListenException, TapException {
    WebServer web = WebServer.open(config.addresses(), config.access());
    // Made while the kernel checks the programs, which takes it half a second.
    CompletableFuture<CollectorRegistry> jvm = CompletableFuture.supplyAsync(Exporter::jvmFamilies);
    WireReader tap;
    try {
      tap = opening.open();
    } catch (TapException | RuntimeException | LinkageError e) {
      web.close();
      throw e;
    }
    Exporter exporter = new Exporter(web, tap, ServerWatch.start(tap, config.binaries()));
    try {
      web.start(exporter.pages(config, jvm.join()));
    } catch (Exception e) {
      exporter.close();
      throw new IllegalStateException("the web server would not start", e);
    }
    return exporter;
  }

  /**
   * The JVM's own families, read once already: the first scrape would have to load their classes.
   */
  private static CollectorRegistry jvmFamilies() {
    CollectorRegistry registry = new CollectorRegistry();
    registry.register(new JvmCollector());
    Collections.list(registry.metricFamilySamples());
    return registry;
  }

  private Pages pages(ServeConfig config, CollectorRegistry registry) {
    BuildIdentity build = BuildIdentity.read();
    TapDescription loaded = tap.description();
    BackendNames names =
        config.names().open(loaded.ipv4Prefix(), loaded.ipv6Prefix(), loaded.maxNamed());
    WireCollector wire =
        new WireCollector(
            IdleBackends.leaveOut(tap::read, config.idleTimeout(), System::nanoTime),
            tap::description,
            System::nanoTime,
            names,
            servers::servers);
    registry.register(new BuildCollector(build, System.getProperty("java.version", "unknown")));
    StatusReader status = new StatusReader(tap::read, System::nanoTime, names::of);
    Map<String, Request.Handler> pages = new HashMap<>();
    pages.put("/", new LandingPage(() -> about(build, config), status));
    pages.put("/-/healthy", HealthPages.HEALTHY);
    pages.put("/-/ready", HealthPages.ready(tap::problem, this::watched));
    MetricsPage metrics = new MetricsPage(new Families(wire, registry));
    pages.put(config.telemetryPath(), new SharedPage(metrics, new Bodies()));
    return new Pages(pages);
  }

  /** For those who ask whether it is ready: a line, and one more where less is seen. */
  private String watched() {
    TapDescription loaded = tap.description();
    String line =
        "watching " + loaded.ports().describe() + " with the " + loaded.tap().label() + " tap";
    return tap.limit().map(limit -> line + '\n' + limit).orElse(line);
  }

  /** What is loaded may change while it is served. */
  private About about(BuildIdentity build, ServeConfig config) {
    TapDescription loaded = tap.description();
    return new About(
        build.version(),
        config.telemetryPath(),
        loaded.tap().label(),
        loaded.reason(),
        loaded.ports().describe());
  }

  /** Addresses listened on, with the ports that were found for 0. */
  public List<ListenAddress> addresses() {
    return web.addresses();
  }

  /** Says in the log where it listens, one line for each address. */
  public void logAddresses() {
    for (ListenAddress address : web.addresses()) {
      LOG.atInfo().setMessage("listening").addKeyValue("address", address).log();
    }
  }

  /** Waits until the exporter is closed. */
  public void join() throws InterruptedException {
    web.join();
  }

  /**
   * Closes the tap first: whatever the web server does then, nothing of ours stays in the kernel.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    servers.close();
    try {
      tap.close();
      LOG.info("closed");
    } finally {
      web.close();
    }
  }
}
