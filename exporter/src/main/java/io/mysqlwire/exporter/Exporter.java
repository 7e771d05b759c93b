package io.mysqlwire.exporter;

import io.mysqlwire.bpf.TapConfig;
import io.mysqlwire.bpf.TapException;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.exporter.collector.BuildCollector;
import io.mysqlwire.exporter.collector.WireCollector;
import io.mysqlwire.exporter.web.Families;
import io.mysqlwire.exporter.web.HealthPages;
import io.mysqlwire.exporter.web.LandingPage;
import io.mysqlwire.exporter.web.ListenAddress;
import io.mysqlwire.exporter.web.ListenException;
import io.mysqlwire.exporter.web.MetricsPage;
import io.mysqlwire.exporter.web.Pages;
import io.mysqlwire.exporter.web.WebServer;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tap and the web pages over it, from attach to detach. */
public final class Exporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

  private final WebServer web;
  private final WireTap tap;
  private volatile boolean attached = true;

  private Exporter(WebServer web, WireTap tap) {
    this.web = web;
    this.tap = tap;
  }

  /**
   * Takes the ports, attaches, then begins to answer: a port in use is found before the kernel is
   * touched, and no scrape ever sees an exporter that is not counting.
   */
  public static Exporter start(
      TapConfig config, List<ListenAddress> addresses, String telemetryPath)
      throws ListenException, TapException {
    WebServer web = WebServer.open(addresses);
    // Made while the kernel checks the programs, which takes it half a second.
    CompletableFuture<CollectorRegistry> jvm = CompletableFuture.supplyAsync(Exporter::jvmFamilies);
    WireTap tap;
    try {
      tap = WireTap.attach(config);
    } catch (TapException | RuntimeException | LinkageError e) {
      web.close();
      throw e;
    }
    LOG.atInfo()
        .setMessage("attached")
        .addKeyValue("tap", tap.tap().label())
        .addKeyValue("reason", tap.reason())
        .addKeyValue("ports", config.ports())
        .addKeyValue("cgroup", config.cgroup())
        .log();
    Exporter exporter = new Exporter(web, tap);
    try {
      web.start(exporter.pages(telemetryPath, jvm.join()));
    } catch (Exception e) {
      exporter.close();
      throw new IllegalStateException("the web server would not start", e);
    }
    for (ListenAddress address : web.addresses()) {
      LOG.atInfo().setMessage("listening").addKeyValue("address", address).log();
    }
    return exporter;
  }

  /**
   * The JVM's own families, read once already: the first scrape would have to load their classes.
   */
  private static CollectorRegistry jvmFamilies() {
    CollectorRegistry registry = new CollectorRegistry();
    DefaultExports.register(registry);
    Collections.list(registry.metricFamilySamples());
    return registry;
  }

  private Pages pages(String telemetryPath, CollectorRegistry registry) {
    BuildIdentity build = BuildIdentity.read();
    WireCollector wire = new WireCollector(tap::read, tap.tap(), tap.reason(), System::nanoTime);
    registry.register(new BuildCollector(build, System.getProperty("java.version", "unknown")));
    String tapText = tap.tap().label() + " (" + tap.reason() + ")";
    Map<String, Request.Handler> pages = new HashMap<>();
    pages.put("/", new LandingPage(build.version(), telemetryPath, tapText, tap::read));
    pages.put("/-/healthy", HealthPages.HEALTHY);
    pages.put("/-/ready", HealthPages.ready(() -> attached));
    pages.put(telemetryPath, new MetricsPage(new Families(wire, registry)));
    return new Pages(pages);
  }

  /** Addresses listened on, with the ports that were found for 0. */
  public List<ListenAddress> addresses() {
    return web.addresses();
  }

  /** Waits until the exporter is closed. */
  public void join() throws InterruptedException {
    web.join();
  }

  /** Detaches first: whatever the web server does then, nothing of ours stays in the kernel. */
  @Override
  public synchronized void close() {
    if (!attached) {
      return;
    }
    attached = false;
    try {
      tap.close();
      LOG.info("detached");
    } finally {
      web.close();
    }
  }
}
