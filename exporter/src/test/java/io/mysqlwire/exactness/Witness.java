package io.mysqlwire.exactness;

import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.testing.ConversationDecoder;
import io.mysqlwire.testing.DecodedConversation;
import io.mysqlwire.testing.DecodedResponse;
import io.mysqlwire.testing.RecordedConnection;
import io.mysqlwire.testing.Recording;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Share;
import io.mysqlwire.testing.Tally;
import java.util.List;
import java.util.function.Function;

/** What the clients' sockets received, counted in several ways. */
public final class Witness {
  /** Account of conversations in which drivers hide what happens from the application. */
  static final String UNOBSERVED = "unobserved";

  private static final List<DecodedResponse> NOTHING = List.of();

  private final List<DecodedConversation> conversations;

  public Witness(Recording recording) {
    this(recording, ConversationDecoder::decode);
  }

  private Witness(Recording recording, Function<RecordedConnection, DecodedConversation> decoder) {
    conversations = recording.connections().stream().map(decoder).toList();
  }

  /** What somebody between the clients and the server could know. */
  static Witness belowTls(Recording recording) {
    return new Witness(recording, ConversationDecoder::decodeBelowTls);
  }

  /** Whether some connection was encrypted. */
  boolean sawTls() {
    return conversations.stream().anyMatch(said -> said.traits().get("tls") > 0);
  }

  public List<DecodedConversation> conversations() {
    return conversations;
  }

  /** By server, backend and user: to be compared with the kernel's counts. */
  public Tally byBackend() {
    Tally tally = new Tally();
    for (DecodedConversation conversation : conversations) {
      for (Share share : conversation.shares()) {
        String who = name(conversation.server(), conversation.backend(), share.user());
        tally.add(who + "connections opened", share.opened());
        tally.add(who + "bytes", share.bytes());
        tally.add(who + "rows", share.rows());
        tally.add(who + "command answered", share.answered());
        for (Command command : share.commands()) {
          tally.add(who + "command " + command.label(), 1);
        }
        for (DecodedResponse response : share.responses()) {
          tally.add(who + response(response.type(), response.code()), 1);
        }
      }
    }
    return tally;
  }

  /** Responses by type and code. */
  Tally responses() {
    Tally tally = new Tally();
    for (DecodedConversation conversation : conversations) {
      for (DecodedResponse response : conversation.responses()) {
        tally.add(response(response.type(), response.code()), 1);
      }
    }
    return tally;
  }

  public static String name(String server, String backend, String user) {
    return String.format("%-16s %-10s %-9s ", server, backend, user);
  }

  public static String response(ResponseType type, int code) {
    return "response " + type.label() + (type.hasErrorCode() ? " " + code : "");
  }

  /** As an application would see it: to be compared with what the drivers handed over. */
  public Tally asObserved() {
    Tally tally = new Tally();
    for (DecodedConversation conversation : conversations) {
      boolean observed = !conversation.user().equals(UNOBSERVED);
      for (DecodedResponse response : observed ? conversation.responses() : NOTHING) {
        observe(tally, response);
      }
    }
    return tally;
  }

  private static void observe(Tally tally, DecodedResponse response) {
    boolean marked = response.statement().contains(Observations.MARK);
    switch (response.type()) {
      case ERR, AUTH_ERR -> tally.add(response.type().label() + " " + response.code(), 1);
      case OK, LOCAL_INFILE -> tally.add("ok", marked ? 1 : 0);
      case RESULTSET -> {
        tally.add("resultset", marked ? 1 : 0);
        tally.add("rows", marked ? response.rows() : 0);
      }
      case EOF, STATISTICS, STREAM, AUTH_OK, DISCONNECT -> {}
    }
  }

  /** Bytes that the server admits to: MySQL forgets those of refusals in place of the greeting. */
  long bytesKnownTo(ServerKind kind) {
    return conversations.stream()
        .filter(conversation -> kind.isMariaDb() || !conversation.user().isEmpty())
        .mapToLong(DecodedConversation::bytes)
        .sum();
  }

  /** Errors by client address, as MySQL 8 keeps them: codes of its own only, others as 0. */
  public Tally errorsByAddress() {
    Tally tally = new Tally();
    for (DecodedConversation conversation : conversations) {
      for (DecodedResponse response : conversation.responses()) {
        if (response.type() == ResponseType.ERR) {
          int code = response.code() < 50_000 ? response.code() : 0;
          tally.add(conversation.backend() + " " + code, 1);
        }
      }
    }
    return tally;
  }
}
