package io.mysqlwire.exporter.web.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.web.ListenAddress;
import io.mysqlwire.exporter.web.WebServer;
import io.mysqlwire.exporter.web.delivery.Askers.Asker;
import io.mysqlwire.exporter.web.delivery.Askers.Turn;
import io.mysqlwire.exporter.web.response.PlainText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class AskersTest {
  private final Askers askers = new Askers();

  /** Work that ends before its time: those who wait are given back, and the next one works. */
  private final Handler page =
      new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
          Asker asker = new Asker(request, response, callback);
          Turn first = askers.add(asker);
          Turn second = askers.add(asker);
          int left = askers.abandon().size();
          PlainText.send(response, callback, 200, first + " " + second + " " + left);
          return true;
        }
      };

  @Test
  void shouldLetTheNextOneWorkAfterWorkWasAbandoned() throws Exception {
    try (WebServer web = WebServer.open(List.of(new ListenAddress("127.0.0.1", 0)))) {
      web.start(page);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + web.addresses().get(0) + "/")).build();
      HttpClient client = HttpClient.newHttpClient();
      for (int round = 0; round < 2; round++) {
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("WORK WAIT 2\n");
      }
    }
  }
}
