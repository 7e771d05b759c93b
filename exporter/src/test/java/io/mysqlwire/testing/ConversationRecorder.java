package io.mysqlwire.testing;

import io.mysqlwire.bpf.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a recorded connection for the tests of the kernel's state machine on the host.
 *
 * <p>{@code NAME} holds records of {direction, 1 byte: 0 = from the client, 1 = from the server;
 * length, 4 bytes little-endian; bytes} in the order in which the client saw them. {@code
 * NAME.expected} holds what the witness counted in it, one name and number a line.
 */
public final class ConversationRecorder {
  private ConversationRecorder() {}

  public static void write(RecordedConnection connection, Path file) throws IOException {
    try (OutputStream records = Files.newOutputStream(file)) {
      for (Chunk chunk : connection.chunks()) {
        ByteBuffer header = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) (chunk.fromServer() ? 1 : 0)).putInt(chunk.bytes().length);
        records.write(header.array());
        records.write(chunk.bytes());
      }
    }
    Path expected = file.resolveSibling(file.getFileName() + ".expected");
    Files.writeString(
        expected, expected(ConversationDecoder.decode(connection)), StandardCharsets.UTF_8);
  }

  private static String expected(DecodedConversation conversation) {
    Tally tally = new Tally();
    for (DecodedResponse response : conversation.responses()) {
      tally.add("responses " + response.type().label() + " " + response.code(), 1);
    }
    for (Command command : conversation.commands()) {
      tally.add("commands " + command.label(), 1);
    }
    tally.add("rows", conversation.rows());
    tally.add("bytes", conversation.bytes());
    StringBuilder lines = new StringBuilder();
    tally.counts().forEach((name, count) -> lines.append(name + " " + count + "\n"));
    return lines.append("user " + conversation.user() + "\n").toString();
  }
}
