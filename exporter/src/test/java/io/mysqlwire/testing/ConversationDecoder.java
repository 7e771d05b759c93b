package io.mysqlwire.testing;

import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ResponseType;

/**
 * Reads a whole recorded connection after the fact. On purpose the opposite of the state machine in
 * the kernel: it has both directions complete in memory and walks them by recursive descent, so
 * that the two share no technique and hardly a mistake.
 */
@SuppressWarnings("EnumOrdinal") // the first commands stand in the order of their bytes
public final class ConversationDecoder {
  private static final int STMT_BULK_EXECUTE = 0xfa;

  private final PacketStream client;
  private final PacketStream server;
  private final DecodedConversation conversation;

  private ConversationDecoder(RecordedConnection connection) {
    byte[] sent = connection.stream(true);
    client = new PacketStream(connection.stream(false));
    server = new PacketStream(sent);
    conversation = new DecodedConversation(connection.server(), connection.backend(), sent.length);
  }

  public static DecodedConversation decode(RecordedConnection connection) {
    ConversationDecoder decoder = new ConversationDecoder(connection);
    decoder.walk();
    return decoder.conversation;
  }

  private void walk() {
    if (!server.hasNext()) {
      return; // cut before the greeting
    }
    Packet greeting = server.next();
    if (greeting.isErr()) {
      conversation.add("", ResponseType.AUTH_ERR, greeting.errorCode(), 0);
      return;
    }
    if (!client.hasNext()) {
      return; // a client that left without a word
    }
    conversation.login(Login.parse(greeting, client.next()));
    if (authenticate()) {
      while (client.hasNext()) {
        answer(client.next());
      }
    }
    unasked();
  }

  /** Packets between login and verdict belong to the authentication plugins of the day. */
  private boolean authenticate() {
    Packet verdict;
    do {
      if (!server.hasNext()) {
        return false;
      }
      verdict = server.next();
    } while (!verdict.isOk() && !verdict.isErr());
    while (client.hasNext() && client.peek().sequence() != 0) {
      client.next();
    }
    conversation.add(
        "",
        verdict.isOk() ? ResponseType.AUTH_OK : ResponseType.AUTH_ERR,
        verdict.isOk() ? 0 : verdict.errorCode(),
        0);
    return verdict.isOk();
  }

  private void answer(Packet packet) {
    Command command = command(packet.u8());
    conversation.add(command);
    switch (command) {
      case QUIT, STMT_SEND_LONG_DATA, STMT_CLOSE -> {}
      case CHANGE_USER -> authenticate();
      default -> new ResponseReader(client, server, conversation, command, packet.rest()).read();
    }
  }

  private static Command command(int code) {
    Command[] commands = Command.values();
    int last = Command.SUBSCRIBE_GROUP_REPLICATION_STREAM.ordinal();
    return code == STMT_BULK_EXECUTE
        ? Command.STMT_BULK_EXECUTE
        : code <= last ? commands[code] : Command.OTHER;
  }

  /** What the server says after the last answer can only be its good-bye. */
  private void unasked() {
    while (server.hasNext()) {
      Packet packet = server.next();
      if (!packet.isErr()) {
        throw new IllegalStateException("the server said something that no command asked for");
      }
      conversation.add("", ResponseType.DISCONNECT, packet.errorCode(), 0);
    }
  }
}
