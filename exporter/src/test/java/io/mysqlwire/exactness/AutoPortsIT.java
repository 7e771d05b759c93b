package io.mysqlwire.exactness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.BackendCounters;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.WatchedPorts;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.Await;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Leftovers;
import io.mysqlwire.testing.NamespacedServer;
import io.mysqlwire.testing.NetworkNamespace;
import io.mysqlwire.testing.ServerKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Which connections are a server's: those that were accepted from where a mysqld listens. */
@SuppressWarnings("EnumOrdinal") // BackendCounters is defined by it
class AutoPortsIT {
  private static final int PORT = 23_406;
  private static final int OTHER_PORT = 23_407;
  private static final List<String> PLAIN = List.of();

  /** A greeting of a server that is none: protocol 10, version "8.0.0", all else zero. */
  private static final byte[] GREETING = greeting();

  /** Connects as fast as it can until the file is there; says how often it was greeted. */
  private static final String CONNECTING =
      """
      greeted=0
      while [[ ! -e $1 || $greeted -eq 0 ]]; do
        { exec 3<> "/dev/tcp/127.0.0.1/$2"; } 2> /dev/null || continue
        IFS= read -r -N 1 -t 60 -u 3 _ && greeted=$((greeted + 1))
        exec 3>&-
      done
      echo "$greeted"
      """;

  private static byte[] greeting() {
    return Arrays.copyOf(new byte[] {60, 0, 0, 0, 10, '8', '.', '0', '.', '0'}, 64);
  }

  private static Map<String, Long> sums(WireTap tap, ToLongFunction<BackendCounters> of) {
    Map<String, Long> sums = new TreeMap<>();
    for (BackendCounters one : tap.read().backends()) {
      sums.merge(one.backend().server(), of.applyAsLong(one), Long::sum);
    }
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }

  private static Map<String, Long> resultSets(WireTap tap) {
    return sums(tap, one -> one.responses()[ResponseType.RESULTSET.ordinal()]);
  }

  private static Map<String, Long> opened(WireTap tap) {
    return sums(tap, BackendCounters::connectionsOpened);
  }

  @Test
  void shouldCountEveryServerFromItsFirstConnection() throws Exception {
    try (NetworkNamespace one = NetworkNamespace.create("one");
        NetworkNamespace two = NetworkNamespace.create("two");
        NamespacedServer before = NamespacedServer.start(one, PORT, PLAIN);
        Taps taps = Taps.attach(WatchedPorts.ofServers())) {
      before.answer(one, PLAIN, "127.0.0.1", 7);
      try (NamespacedServer after = NamespacedServer.start(two, PORT, PLAIN)) {
        after.answer(two, PLAIN, "127.0.0.1", 11);
      }
      try (NamespacedServer elsewhere = NamespacedServer.start(two, OTHER_PORT, PLAIN)) {
        elsewhere.answer(two, PLAIN, "127.0.0.1", 13);
      }
      for (WireTap tap : taps.all()) {
        assertThat(resultSets(tap))
            .isEqualTo(
                Map.of(
                    "127.0.0.1:" + PORT + "@" + one.number(), 7L,
                    "127.0.0.1:" + PORT + "@" + two.number(), 11L,
                    "127.0.0.1:" + OTHER_PORT + "@" + two.number(), 13L));
      }
    }
  }

  @Test
  void shouldMissNoConnectionWhileAServerStarts() throws Exception {
    Path started = Leftovers.directory("mysqlwire-started-");
    Path done = started.resolve("done");
    try (NetworkNamespace one = NetworkNamespace.create("one");
        Taps taps = Taps.attach(WatchedPorts.ofServers())) {
      List<String> client =
          one.command(List.of("bash", "-c", CONNECTING, "bash", done.toString(), "" + PORT));
      Process connecting = Leftovers.start(new ProcessBuilder(client));
      try (NamespacedServer server = NamespacedServer.start(one, PORT, PLAIN)) {
        Files.createFile(done);
        String said = new String(connecting.getInputStream().readAllBytes(), US_ASCII).strip();
        long greeted = Long.parseLong(said);
        assertThat(greeted).as("greetings while it started").isPositive();
        for (WireTap tap : taps.all()) {
          // Whether it is up is asked through its unix-domain socket.
          String reached = "127.0.0.1:" + PORT + "@" + one.number();
          Await.until("the last one", () -> opened(tap).getOrDefault(reached, 0L) >= greeted);
          assertThat(opened(tap)).containsEntry(reached, greeted);
        }
        assertThat(server).isNotNull();
      } finally {
        Leftovers.end(connecting);
      }
    } finally {
      Leftovers.delete(started);
    }
  }

  @Test
  void shouldTakeNoClientForAServer() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.start(ServerKind.MARIADB_SYSTEM, Map.of("bind-address", "127.0.0.1"));
        Taps auto = Taps.attach(WatchedPorts.ofServers());
        Taps named = Taps.attach(server.port())) {
      // A client whose own port is a watched one, with a listener that is not watched.
      converse("127.0.0.9", server.port(), "127.0.0.1", OTHER_PORT);
      // Somebody who listens on a port of a mysqld, but on another address.
      converse("127.0.0.9", 0, "127.0.0.8", server.port());
      for (WireTap tap : named.all()) {
        assertThat(opened(tap)).isEqualTo(Map.of("127.0.0.8:" + server.port(), 1L));
      }
      for (WireTap tap : auto.all()) {
        assertThat(opened(tap)).isEmpty();
      }
    }
  }

  /** A conversation of which each side sends a packet, with a listener that is no mysqld. */
  private static void converse(String from, int clientPort, String to, int port)
      throws IOException {
    try (ServerSocket listener = new ServerSocket();
        Socket client = new Socket()) {
      listener.bind(new InetSocketAddress(to, port));
      client.setReuseAddress(true);
      client.bind(new InetSocketAddress(from, clientPort));
      client.connect(listener.getLocalSocketAddress());
      try (Socket accepted = listener.accept()) {
        accepted.getOutputStream().write(GREETING);
        client.getInputStream().readNBytes(GREETING.length);
        client.getOutputStream().write(GREETING);
        accepted.getInputStream().readNBytes(GREETING.length);
      }
    }
  }

  @Test
  void shouldNotMistakeTheXProtocol() throws Exception {
    String xPort = Integer.toString(OTHER_PORT);
    try (Taps taps = Taps.attach(WatchedPorts.ofServers());
        EmbeddedServer server =
            EmbeddedServer.start(
                ServerKind.MYSQL_8_0, Map.of("mysqlx", "1", "mysqlx-port", xPort))) {
      assertThat(server.pid()).isPositive();
      // It listens later than the server greets.
      Await.until("the X plugin", () -> isOpen(OTHER_PORT));
      try (Socket asks = new Socket(InetAddress.getLoopbackAddress(), OTHER_PORT);
          Socket waits = new Socket(InetAddress.getLoopbackAddress(), OTHER_PORT)) {
        assertThat(waits.isConnected()).isTrue();
        asks.getOutputStream().write(new byte[] {1, 0, 0, 0, 1}); // CapabilitiesGet
        assertThat(asks.getInputStream().readNBytes(5)).hasSize(5);
        for (WireTap tap : taps.all()) {
          Await.until("opaque", () -> opaque(tap.read()) > 0);
          assertThat(responses(tap.read(), ":" + xPort)).isZero();
          assertThat(tap.read().lost().values()).allMatch(lost -> lost == 0);
        }
      }
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static long opaque(WireSnapshot snapshot) {
    return snapshot.opaque().stream()
        .filter(one -> one.reason() == OpaqueReason.X_PROTOCOL)
        .filter(one -> one.server().endsWith(":" + OTHER_PORT))
        .mapToLong(one -> one.connections())
        .sum();
  }

  private static long responses(WireSnapshot snapshot, String server) {
    return snapshot.backends().stream()
            .filter(one -> one.backend().server().endsWith(server))
            .mapToLong(
                one -> Arrays.stream(one.responses()).sum() + Arrays.stream(one.commands()).sum())
            .sum()
        + snapshot.errors().stream().filter(one -> one.backend().server().endsWith(server)).count();
  }
}
