package io.mysqlwire.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.WireTap;
import io.mysqlwire.testing.ConversationDecoder;
import io.mysqlwire.testing.DecodedConversation;
import io.mysqlwire.testing.DecodedResponse;
import io.mysqlwire.testing.EmbeddedServer;
import io.mysqlwire.testing.Encryption;
import io.mysqlwire.testing.RawClient;
import io.mysqlwire.testing.RecordedConnection;
import io.mysqlwire.testing.Share;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Clients that leave in the middle of a result.
 *
 * <p>How much of it left mysqld can't be known from such a client: what was under way, or waited in
 * a socket buffer, never reached it. These bounds follow from causality, and are checked instead:
 *
 * <ul>
 *   <li>what a client received in whole left mysqld: the kernel has counted at least that;
 *   <li>mysqld answers no question twice, and has no more rows than there are: the kernel has
 *       counted at most a response for each statement, and all rows of each;
 *   <li>logins and statements precede the departure: the kernel has counted exactly these.
 * </ul>
 */
final class RudeClients {
  static final String ADDRESS = "127.0.0.66";

  /** 37 pages of 5 KB, eleven times: more than socket buffers hold of a client with a small one. */
  private static final String LONG_RESULT =
      "SELECT p.* FROM shop.page p JOIN shop.item i WHERE i.id < 11";

  private static final int ROWS = 37 * 11;

  /** What a client has to have received, or done, before it can leave in a result. */
  private static final Pattern EXACT =
      Pattern.compile("connections opened|command query|response (?!resultset)");

  private static final int RECEIVE_BUFFER = 1 << 15;

  private final EmbeddedServer server;
  private final Encryption encryption;
  private final Random random;
  private final int count;
  private final List<RecordedConnection> connections = new ArrayList<>();
  private int longResults;

  RudeClients(EmbeddedServer server, Encryption encryption, long seed, int count) {
    this.server = server;
    this.encryption = encryption;
    this.random = new Random(seed);
    this.count = count;
  }

  /** As a task of a thread pool. */
  @Nullable Void run() throws IOException {
    for (int i = 0; i < count; i++) {
      try (RawClient client = RawClient.connect(server, ADDRESS, RECEIVE_BUFFER)) {
        connections.add(client.recorded());
        client.encrypted(encryption).login(RandomEvents.USER);
        for (int j = random.nextInt(4); j > 0; j--) {
          client.query(j == 2 ? "SELEC" : "SELECT " + j);
          client.readAnswer();
        }
        client.query(LONG_RESULT);
        longResults++;
        client.read(random.nextInt(200_000));
        if (random.nextBoolean()) {
          client.reset();
        }
      }
    }
    return null;
  }

  /** To be called once the other counts have settled. */
  void shouldBeWithinBounds(WireTap tap) {
    Tally counted =
        KernelCounts.byBackend(tap.read()).matching(name -> name.contains(" " + ADDRESS + " "));
    Tally received = new Tally();
    long questions = 0;
    for (RecordedConnection connection : connections) {
      DecodedConversation conversation = ConversationDecoder.decodeCut(connection);
      String who = Witness.name(conversation.server(), conversation.backend(), conversation.user());
      received.add(who + "connections opened", 1);
      received.add(who + "bytes", conversation.bytes());
      received.add(who + "rows", conversation.rows());
      received.add(
          who + "command answered",
          conversation.shares().stream().mapToLong(Share::answered).sum());
      for (Command command : conversation.commands()) {
        received.add(who + "command " + command.label(), 1);
        questions++;
      }
      for (DecodedResponse response : conversation.responses()) {
        received.add(who + Witness.response(response.type(), response.code()), 1);
      }
    }
    assertThat(counted.counts().keySet()).isEqualTo(received.counts().keySet());
    for (String name : received.counts().keySet()) {
      assertThat(counted.get(name)).as(name).isGreaterThanOrEqualTo(received.get(name));
      if (EXACT.matcher(name).find()) {
        assertThat(counted.get(name)).as(name).isEqualTo(received.get(name));
      }
    }
    assertThat(sum(counted, " response ") - sum(counted, " response auth_ok"))
        .as("responses to " + questions + " questions")
        .isLessThanOrEqualTo(questions);
    assertThat(sum(counted, " rows"))
        .as("rows")
        .isLessThanOrEqualTo(questions - longResults + (long) longResults * ROWS);
  }

  private static long sum(Tally tally, String part) {
    return tally.matching(name -> name.contains(part)).total();
  }
}
