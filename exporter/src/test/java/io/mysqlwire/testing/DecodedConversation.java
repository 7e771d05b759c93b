package io.mysqlwire.testing;

import io.mysqlwire.bpf.Command;
import io.mysqlwire.bpf.ResponseType;
import java.util.ArrayList;
import java.util.List;

/** What was said on one connection. */
public final class DecodedConversation {
  private final String server;
  private final String backend;
  private final long bytes;
  private final List<Command> commands = new ArrayList<>();
  private final List<DecodedResponse> responses = new ArrayList<>();
  private Login login = Login.REFUSED;

  DecodedConversation(String server, String backend, long bytes) {
    this.server = server;
    this.backend = backend;
    this.bytes = bytes;
  }

  void login(Login agreed) {
    login = agreed;
  }

  void add(Command command) {
    commands.add(command);
  }

  void add(String statement, ResponseType type, int code, long rows) {
    responses.add(new DecodedResponse(statement, type, code, rows));
  }

  Login login() {
    return login;
  }

  /** The server's address and port. */
  public String server() {
    return server;
  }

  /** The client's address. */
  public String backend() {
    return backend;
  }

  /** Account name, empty when it never came to that. */
  public String user() {
    return login.user();
  }

  /** Whether result sets had the new style, without EOF packets. */
  public boolean deprecateEof() {
    return login.deprecateEof();
  }

  /** All bytes the server sent, greeting and login included. */
  public long bytes() {
    return bytes;
  }

  public List<Command> commands() {
    return List.copyOf(commands);
  }

  public List<DecodedResponse> responses() {
    return List.copyOf(responses);
  }

  public long rows() {
    return responses.stream().mapToLong(DecodedResponse::rows).sum();
  }
}
