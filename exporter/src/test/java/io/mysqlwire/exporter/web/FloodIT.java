package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.web.connection.Limits;
import io.mysqlwire.exporter.web.response.PlainText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Connections that never say anything, as fast as they can be made. Jetty's own connector takes
 * them all, 10,000 in some seconds, and answers no request; one that is turned off and on by {@code
 * setAccepting} closes its port.
 */
class FloodIT {
  private static final int THREADS = 8;
  private static final int REQUESTS = 200;
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: exporter\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  @Test
  void shouldNotKeepARequestFromItsAnswer() throws Exception {
    Pages pages =
        new Pages(
            Map.of(
                "/",
                (request, response, callback) -> {
                  PlainText.send(response, callback, 200, "here");
                  return true;
                }));
    try (WebServer web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)))) {
      web.start(pages);
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), web.addresses().get(0).port());
      try (Flood flood = new Flood(address, THREADS)) {
        flood.awaitConnections(Limits.USUAL.connections());
        for (int i = 0; i < REQUESTS; i++) {
          assertThat(answer(address)).as("request %d", i).endsWith("here\n");
        }
      }
    }
  }

  /** By hand: the JDK's clients try again by themselves when a connection is closed. */
  private static String answer(InetSocketAddress address) throws Exception {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(60_000);
      socket.connect(address);
      socket.getOutputStream().write(REQUEST);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
