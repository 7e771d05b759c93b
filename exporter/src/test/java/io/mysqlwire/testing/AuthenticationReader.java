package io.mysqlwire.testing;

import org.jspecify.annotations.Nullable;

/** Reads the dialogue of authentication plugins, at login or after COM_CHANGE_USER. */
final class AuthenticationReader {
  private static final int SWITCH = 0xfe;
  private static final int MORE = 0x01;
  private static final int SHA2_FAST = 3;
  private static final int SHA2_FULL = 4;

  private final PacketStream client;
  private final PacketStream server;
  private final DecodedConversation conversation;

  AuthenticationReader(PacketStream client, PacketStream server, DecodedConversation conversation) {
    this.client = client;
    this.server = server;
    this.conversation = conversation;
  }

  /** The OK or ERR at its end; nothing when the connection was cut before. */
  @Nullable Packet verdict() {
    while (server.hasNext()) {
      Packet packet = server.next();
      if (packet.isOk() || packet.isErr()) {
        skipClientsPart();
        return packet;
      }
      conversation.trait(step(packet));
    }
    return null;
  }

  private static String step(Packet packet) {
    if (packet.first() == SWITCH) {
      return "auth switch";
    }
    if (packet.first() != MORE || packet.length() != 2) {
      return "auth more";
    }
    return switch (packet.at(1).u8()) {
      case SHA2_FAST -> "sha2 fast";
      case SHA2_FULL -> "sha2 full";
      default -> "auth more";
    };
  }

  /** Every command has sequence id 0, and nothing in here has. */
  private void skipClientsPart() {
    while (client.hasNext() && client.peek().sequence() != 0) {
      client.next();
    }
  }
}
