package io.mysqlwire.testing;

import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ResponseType;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads a whole recorded connection after the fact. On purpose the opposite of the state machine in
 * the kernel: it has both directions complete in memory and walks them by recursive descent, so
 * that the two share no technique and hardly a mistake.
 */
@SuppressWarnings("EnumOrdinal") // the first commands stand in the order of their bytes
public final class ConversationDecoder {
  private static final int STMT_BULK_EXECUTE = 0xfa;
  private static final Set<Command> UNANSWERED =
      EnumSet.of(Command.QUIT, Command.STMT_SEND_LONG_DATA, Command.STMT_CLOSE);

  private final DecodedConversation conversation;
  private final boolean decrypted;
  private final boolean recordedAbove;
  private PacketStream client;
  private PacketStream server;

  private ConversationDecoder(RecordedConnection connection, boolean decrypted, long bytes) {
    this.decrypted = decrypted;
    recordedAbove = connection.isDecrypted();
    client = new PacketStream(connection.stream(false));
    server = new PacketStream(connection.stream(true));
    conversation = new DecodedConversation(connection.server(), connection.backend(), bytes);
  }

  private ConversationDecoder(RecordedConnection connection) {
    this(connection, connection.isDecrypted(), connection.stream(true).length);
  }

  public static DecodedConversation decode(RecordedConnection connection) {
    if (connection.isCut()) {
      return decodeCut(connection);
    }
    ConversationDecoder decoder = new ConversationDecoder(connection);
    decoder.walk();
    return decoder.conversation;
  }

  /**
   * As {@link #decode}, by somebody below TLS: up to where encryption begins, and bytes as sent.
   */
  public static DecodedConversation decodeBelowTls(RecordedConnection connection) {
    if (!connection.isDecrypted()) {
      return decode(connection);
    }
    ConversationDecoder decoder =
        new ConversationDecoder(connection, false, connection.wireBytes());
    decoder.walk();
    return decoder.conversation;
  }

  /** As {@link #decode}, of one that was cut in the middle: what was received in whole. */
  public static DecodedConversation decodeCut(RecordedConnection connection) {
    ConversationDecoder decoder = new ConversationDecoder(connection);
    try {
      decoder.walk();
    } catch (CutStreamException e) {
      // The rest is what this client never asked its socket for.
    }
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
    Packet login = client.next();
    if (Login.wantsTls(login)) {
      conversation.trait("tls");
      if (!decrypted || !client.hasNext()) {
        tlsRefused();
        return; // nobody but the two of them knows what is said from here on
      }
      login = client.next();
    }
    conversation.login(Login.parse(greeting, login));
    conversation.trait(conversation.deprecateEof() ? "new eof" : "old eof");
    Packet verdict = new AuthenticationReader(client, server, conversation).verdict();
    if (verdict != null && verdict.isOk()) {
      conversation.add("", ResponseType.AUTH_OK, 0, 0);
      commands();
    } else if (verdict != null) {
      conversation.add("", ResponseType.AUTH_ERR, verdict.errorCode(), 0);
    }
    unasked();
  }

  /** MySQL answers in the clear to who asks for TLS and does not begin it. */
  private void tlsRefused() {
    if (!recordedAbove && server.hasNext() && !server.isTls()) {
      conversation.add("", ResponseType.AUTH_ERR, server.next().errorCode(), 0);
    }
  }

  private void commands() {
    if (conversation.login().compressed()) {
      conversation.trait("compressed");
      client = client.inflated();
      server = server.inflated();
    }
    while (client.hasNext()) {
      answer(client.next());
    }
  }

  private void answer(Packet packet) {
    if (packet.length() == 0) {
      conversation.add(Command.OTHER);
      answerBegins();
      new ResponseReader(client, server, conversation, Command.OTHER, "").read();
      return;
    }
    Command command = command(packet.u8());
    conversation.add(command);
    if (!UNANSWERED.contains(command)) {
      answerBegins();
    }
    switch (command) {
      case QUIT, STMT_SEND_LONG_DATA, STMT_CLOSE -> {}
      case CHANGE_USER -> changeUser(packet.zeroTerminated());
      case BINLOG_DUMP, BINLOG_DUMP_GTID -> binlog();
      default -> new ResponseReader(client, server, conversation, command, packet.rest()).read();
    }
  }

  private void answerBegins() {
    if (server.hasNext()) {
      conversation.answered();
    }
  }

  private void changeUser(String account) {
    Packet verdict = new AuthenticationReader(client, server, conversation).verdict();
    if (verdict != null && verdict.isOk()) {
      conversation.changeUser(account, server.start());
      conversation.add("", ResponseType.AUTH_OK, 0, 0);
    } else if (verdict != null) {
      conversation.refuseUser(account, verdict.errorCode());
    }
  }

  /** Events without end: what matters is how it starts. */
  private void binlog() {
    if (!server.hasNext()) {
      return;
    }
    Packet first = server.next();
    if (first.isErr()) {
      conversation.add("", ResponseType.ERR, first.errorCode(), 0);
    } else {
      conversation.add("", first.isOk() ? ResponseType.STREAM : ResponseType.EOF, 0, 0);
      client.skipToEnd();
      server.skipToEnd();
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
