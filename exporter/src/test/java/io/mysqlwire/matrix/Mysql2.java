package io.mysqlwire.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.testing.ServerKind;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** mysql2, the driver of Node: {@code src/test/node/talk.js} talks, and prints what it saw. */
final class Mysql2 implements MatrixClient {
  private final Path script;

  Mysql2(Path script) {
    this.script = script;
  }

  @Override
  public String label() {
    return "mysql2";
  }

  @Override
  public String impossible(Topic topic, ServerKind kind) {
    return switch (topic) {
      case AUTH_SWITCH -> kind == ServerKind.MYSQL_8_0 ? "" : "driver takes the greeting's plugin";
      case CHANGE_USER -> kind == ServerKind.MYSQL_5_7 ? "5.7 refuses what the driver sends" : "";
      case BULK -> "driver does not have it";
      case NEW_EOF -> "driver always asks for the old style";
      case PROGRESS_REPORT -> "driver does not ask for reports";
      default -> "";
    };
  }

  @Override
  public Tally talk(Topic topic, Target target) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "node",
            script.toString(),
            topic.label(),
            String.valueOf(target.port()),
            target.lines().toString());
    if (topic == Topic.BINLOG_DUMP) {
      Program.runDuring(command, target::awaitSeen);
      return new Tally();
    }
    Program.Result result = Program.run(command, "");
    if (result.status() != 0) {
      throw new IOException("mysql2: " + result.out() + result.err());
    }
    Tally seen = new Tally();
    for (Map.Entry<String, JsonNode> count :
        new ObjectMapper().readTree(result.out()).properties()) {
      seen.add(count.getKey(), count.getValue().asLong());
    }
    return seen;
  }
}
