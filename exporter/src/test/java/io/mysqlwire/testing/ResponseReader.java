package io.mysqlwire.testing;

import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ResponseType;

/** Reads all results that answer one command. */
final class ResponseReader {
  private static final int LOCAL_INFILE = 0xfb;
  private static final int MORE_RESULTS = 0x08;
  private static final int CURSOR_EXISTS = 0x40;
  private static final int SEQUENCE_IDS = 256;
  private static final int CONTINUED = 0xffffff;

  private final PacketStream client;
  private final PacketStream server;
  private final DecodedConversation conversation;
  private final Command command;
  private final String statement;
  private int packets;

  ResponseReader(
      PacketStream client,
      PacketStream server,
      DecodedConversation conversation,
      Command command,
      String statement) {
    this.client = client;
    this.server = server;
    this.conversation = conversation;
    this.command = command;
    this.statement = statement;
  }

  void read() {
    if (!server.hasNext()) {
      return; // the connection was cut before the answer
    }
    switch (command) {
      case STATISTICS -> {
        Packet packet = next();
        count(packet, packet.isErr() ? ResponseType.ERR : ResponseType.STATISTICS, 0);
      }
      case STMT_PREPARE -> prepared();
      case STMT_FETCH -> rows();
      case FIELD_LIST -> fields();
      default -> {
        while (result()) {}
      }
    }
  }

  /** One result; whether another follows. */
  private boolean result() {
    Packet packet = next();
    if (packet.isErr()) {
      return count(packet, ResponseType.ERR, 0);
    }
    if (packet.isOk()) {
      return count(packet, ResponseType.OK, 0);
    }
    if (packet.isTerminator()) {
      return count(packet, ResponseType.EOF, 0);
    }
    return packet.first() == LOCAL_INFILE ? localInfile() : resultSet(packet);
  }

  private boolean localInfile() {
    while (client.next().length() > 0) {}
    Packet packet = next();
    return count(packet, packet.isErr() ? ResponseType.ERR : ResponseType.LOCAL_INFILE, 0);
  }

  private boolean resultSet(Packet header) {
    long columns = header.at(0).lenenc();
    boolean described = !header.hasMore() || header.u8() != 0;
    for (long i = 0; described && i < columns; i++) {
      next();
    }
    if (!conversation.login().deprecateEof()) {
      Packet end = next();
      if (end.isErr()) {
        return count(end, ResponseType.ERR, 0);
      }
      if ((status(end) & CURSOR_EXISTS) != 0) {
        conversation.trait("cursor");
        return count(end, ResponseType.RESULTSET, 0);
      }
    }
    return rows();
  }

  private boolean rows() {
    long rows = 0;
    try {
      Packet packet = next();
      while (!packet.isErr() && !packet.isTerminator()) {
        rows++;
        packet = next();
      }
      return count(packet, packet.isErr() ? ResponseType.ERR : ResponseType.RESULTSET, rows);
    } catch (CutStreamException e) {
      conversation.addCut(rows + (server.hasBegun() ? 1 : 0));
      throw e;
    }
  }

  private void fields() {
    Packet packet = next();
    while (!packet.isErr() && !packet.isTerminator()) {
      packet = next();
    }
    count(packet, packet.isErr() ? ResponseType.ERR : ResponseType.RESULTSET, 0);
  }

  private void prepared() {
    Packet packet = next();
    if (packet.isErr()) {
      count(packet, ResponseType.ERR, 0);
      return;
    }
    conversation.add(statement, ResponseType.OK, 0, 0);
    int columns = packet.at(5).u16();
    int parameters = packet.u16();
    boolean described = packet.length() < 13 || packet.at(12).u8() != 0;
    skipDescriptions(described ? parameters : 0);
    skipDescriptions(described ? columns : 0);
  }

  private void skipDescriptions(int count) {
    int eof = count > 0 && !conversation.login().deprecateEof() ? 1 : 0;
    for (int i = 0; i < count + eof; i++) {
      next();
    }
  }

  private boolean count(Packet last, ResponseType type, long rows) {
    boolean err = type == ResponseType.ERR;
    if (err && rows > 0) {
      conversation.trait("error after rows");
    }
    conversation.add(statement, type, err ? last.errorCode() : 0, rows);
    boolean more = !err && type != ResponseType.STATISTICS && (status(last) & MORE_RESULTS) != 0;
    if (more) {
      conversation.trait("more results");
    }
    return more;
  }

  /** Status flags of an OK packet, of one that ends a result set, or of an EOF packet. */
  private static int status(Packet packet) {
    if (packet.isTerminator()) {
      return packet.at(3).u16();
    }
    packet.at(1).lenenc();
    packet.lenenc();
    return packet.u16();
  }

  private Packet next() {
    Packet packet = server.next();
    packets++;
    if (packets == SEQUENCE_IDS + 1) {
      conversation.trait("sequence id wraps");
    }
    if (packet.length() >= CONTINUED) {
      conversation.trait("long packet");
    }
    if (packet.isProgressReport()) {
      conversation.trait("progress report");
      return next();
    }
    return packet;
  }
}
