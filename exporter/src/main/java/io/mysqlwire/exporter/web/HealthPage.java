package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.health.Reason;
import io.mysqlwire.exporter.health.ServerHealth;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /health}, for load balancers and whoever decides on failover: 200 when healthy, 503 when
 * not; all servers, or the one of {@code ?server=}. Reads what was judged already, so that it never
 * waits for a server or for the kernel.
 */
public final class HealthPage implements Request.Handler {
  private final Supplier<List<ServerHealth>> servers;
  private final int unknownStatus;

  /**
   * Over the servers that are known when it is asked.
   *
   * @param unknownStatus HTTP status where nothing can be said
   */
  public HealthPage(Supplier<List<ServerHealth>> servers, int unknownStatus) {
    this.servers = servers;
    this.unknownStatus = unknownStatus;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String wanted = Request.extractQueryParameters(request).getValue("server");
    List<ServerHealth> all = servers.get();
    if (wanted == null) {
      Optional<Boolean> healthy = healthy(all);
      send(response, callback, status(healthy), HealthJson.of(all, healthy));
      return true;
    }
    Optional<ServerHealth> one =
        all.stream()
            .filter(server -> server.isCalled(wanted))
            .findFirst()
            .or(() -> all.stream().filter(server -> server.mayBeCalled(wanted)).findFirst());
    if (one.isPresent()) {
      send(response, callback, status(one.get().verdict().healthy()), HealthJson.of(one.get()));
    } else {
      send(
          response,
          callback,
          HttpStatus.NOT_FOUND_404,
          HealthJson.error(
              "no server is known as \"" + wanted + "\" here; /health lists those that are"));
    }
    return true;
  }

  /** One that is not healthy is enough, then one of which nothing can be said. */
  private static Optional<Boolean> healthy(List<ServerHealth> servers) {
    boolean unknown =
        servers.isEmpty()
            || servers.stream().anyMatch(server -> server.verdict().reason() == Reason.UNKNOWN);
    boolean sick =
        servers.stream()
            .anyMatch(server -> server.verdict().healthy().filter(is -> !is).isPresent());
    return sick ? Optional.of(false) : unknown ? Optional.empty() : Optional.of(true);
  }

  private int status(Optional<Boolean> healthy) {
    return healthy
        .map(is -> is ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503)
        .orElse(unknownStatus);
  }

  private static void send(Response response, Callback callback, int status, String json) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(
        true, java.nio.ByteBuffer.wrap((json + '\n').getBytes(StandardCharsets.UTF_8)), callback);
  }
}
