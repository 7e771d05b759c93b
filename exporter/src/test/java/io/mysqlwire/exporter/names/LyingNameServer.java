package io.mysqlwire.exporter.names;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A name server whose owner can put anything into the records of his addresses (RFC 1035, as much
 * of it as a resolver asks for). Answers on loopback, so that it needs a network of its own.
 */
final class LyingNameServer {
  static final String HONEST = "10.0.1.4";
  static final String STOLEN = "10.0.1.5";
  static final String ADDRESS = "10.0.1.6";
  static final String MARKUP = "10.0.1.7";
  static final String NAMELESS = "10.0.1.8";

  private static final int PORT = 53;
  private static final int HEADER = 12;
  private static final int TYPE_A = 1;
  private static final int TYPE_PTR = 12;
  private static final int NO_SUCH_NAME = 3;

  private static final Map<String, String> NAMES =
      Map.of(
          "4.1.0.10.in-addr.arpa", "Checkout-1.shop.example",
          "5.1.0.10.in-addr.arpa", "bank.example",
          "6.1.0.10.in-addr.arpa", "10.0.1.9",
          "7.1.0.10.in-addr.arpa", "<b>.example");
  private static final Map<String, String> ADDRESSES =
      Map.of(
          "checkout-1.shop.example", HONEST,
          "bank.example", "192.0.2.1",
          "<b>.example", MARKUP);

  private LyingNameServer() {}

  /** Looks the addresses up through itself, and prints a line for each: its name or nothing. */
  public static void main(String[] addresses) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(PORT, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> serve(socket), "name server");
      server.setDaemon(true);
      server.start();
      for (String address : addresses) {
        InetAddress unnamed = InetAddress.getByName(address);
        System.out.println(address + " " + HostNames.lookUp(unnamed).orElse("-"));
      }
    }
  }

  private static void serve(DatagramSocket socket) {
    byte[] buffer = new byte[512];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static byte[] answer(ByteBuffer query) throws IOException {
    query.position(HEADER);
    String name = name(query);
    int type = query.getShort();
    query.getShort(); // class: Internet
    byte[] found = record(name, type);
    boolean known = found.length > 0 || ADDRESSES.containsKey(name);
    ByteBuffer answer = ByteBuffer.allocate(512);
    answer.putShort(query.getShort(0));
    answer.putShort((short) (0x8180 | (known ? 0 : NO_SUCH_NAME)));
    answer.putShort((short) 1).putShort((short) (found.length > 0 ? 1 : 0)).putInt(0);
    answer.put(query.flip().position(HEADER)); // the question
    if (found.length > 0) {
      answer.putShort((short) (0xc000 | HEADER)); // the name asked for
      answer.putShort((short) type).putShort((short) 1).putInt(60);
      answer.putShort((short) found.length).put(found);
    }
    byte[] bytes = new byte[answer.flip().remaining()];
    answer.get(bytes);
    return bytes;
  }

  private static byte[] record(String name, int type) throws IOException {
    if (type == TYPE_PTR && NAMES.containsKey(name)) {
      return labels(NAMES.getOrDefault(name, ""));
    }
    return type == TYPE_A && ADDRESSES.containsKey(name)
        ? InetAddress.getByName(ADDRESSES.getOrDefault(name, "")).getAddress()
        : new byte[0];
  }

  private static String name(ByteBuffer query) {
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.length() > 0 ? "." : "");
      name.append(new String(label, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  private static byte[] labels(String name) {
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    for (String label : name.split("\\.", -1)) {
      labels.write(label.length());
      labels.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    labels.write(0);
    return labels.toByteArray();
  }
}
