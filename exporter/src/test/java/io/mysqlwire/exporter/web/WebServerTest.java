package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebServerTest {
  @Test
  void shouldFindAFreePort() throws Exception {
    try (WebServer web = WebServer.open(List.of(ListenAddress.parse("127.0.0.1:0")))) {
      assertThat(web.addresses()).singleElement().matches(address -> address.port() > 0);
    }
  }

  @Test
  void shouldReportAllAddressesThatItCannotHave() throws Exception {
    try (WebServer first = WebServer.open(List.of(ListenAddress.parse("127.0.0.1:0")))) {
      ListenAddress taken = first.addresses().get(0);
      ListenException refused =
          catchThrowableOfType(
              ListenException.class,
              () ->
                  WebServer.open(
                      List.of(
                          taken,
                          ListenAddress.parse("192.0.2.1:0"),
                          ListenAddress.parse("no.such.host.invalid:0"))));
      assertThat(refused.problems())
          .satisfiesExactly(
              inUse ->
                  assertThat(inUse)
                      .startsWith("can't listen on " + taken + ": the port is in use; stop"),
              foreign -> assertThat(foreign).contains("this host has no such address"),
              unknown -> assertThat(unknown).contains("no such host"));
    }
  }

  @Test
  void shouldFreeItsPortsWhenItNeverStarted() throws Exception {
    ListenAddress address;
    try (WebServer web = WebServer.open(List.of(ListenAddress.parse("127.0.0.1:0")))) {
      address = web.addresses().get(0);
    }
    try (WebServer again = WebServer.open(List.of(address))) {
      assertThat(again.addresses()).containsExactly(address);
    }
  }
}
