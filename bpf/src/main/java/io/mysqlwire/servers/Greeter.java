package io.mysqlwire.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Connects to a server, waits for its greeting and goes. The server counts it among its aborted
 * connections. By a Unix socket where there is one: that works across network namespaces, and is no
 * client of a watched port.
 */
final class Greeter {
  /** A server that was stopped never greets: nobody waits longer for it. */
  private static final long LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(500);

  /** sun_path of sockaddr_un, without its NUL. */
  private static final int PATH_BYTES = 107;

  private Greeter() {}

  /** The greeting of a server that has these sockets; empty when none greets in time. */
  static Optional<Greeting> ask(
      ServerProcess process, List<String> unixSockets, List<ListeningSocket> sockets) {
    for (SocketAddress address : addresses(process, unixSockets, sockets)) {
      Optional<Greeting> greeting = ask(address);
      if (greeting.isPresent()) {
        return greeting;
      }
    }
    return Optional.empty();
  }

  private static List<SocketAddress> addresses(
      ServerProcess process, List<String> unixSockets, List<ListeningSocket> sockets) {
    List<SocketAddress> addresses = new ArrayList<>();
    for (String path : unixSockets) {
      RootedPath.resolve(process.root(), path)
          .filter(place -> place.toString().length() <= PATH_BYTES)
          .map(UnixDomainSocketAddress::of)
          .ifPresent(addresses::add);
    }
    if (addresses.isEmpty()) {
      int own = OwnNamespace.NET;
      sockets.stream()
          .filter(socket -> socket.namespace() == own)
          .map(socket -> new InetSocketAddress(reachable(socket.address()), socket.port()))
          .forEach(addresses::add);
    }
    return addresses;
  }

  private static InetAddress reachable(InetAddress address) {
    return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
  }

  private static Optional<Greeting> ask(SocketAddress address) {
    long deadline = System.nanoTime() + LIMIT_NS;
    try (Selector selector = Selector.open();
        SocketChannel channel = open(address)) {
      channel.configureBlocking(false);
      boolean connected = channel.connect(address);
      channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
      byte[] bytes = new byte[Greeting.MAX_BYTES];
      ByteBuffer into = ByteBuffer.wrap(bytes);
      while (!Greeting.isComplete(bytes, into.position()) && into.hasRemaining()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return Optional.empty();
        }
        selector.select(left);
        selector.selectedKeys().clear();
        if (!channel.isConnected()) {
          if (!channel.finishConnect()) {
            continue;
          }
          channel.register(selector, SelectionKey.OP_READ);
        }
        if (channel.read(into) < 0) {
          return Optional.empty();
        }
      }
      return Greeting.parse(bytes, into.position());
    } catch (IOException e) {
      return Optional.empty(); // nobody there, or not for us
    }
  }

  private static SocketChannel open(SocketAddress address) throws IOException {
    return address instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }
}
