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
  private final Tally traits = new Tally();
  private final List<Share> finished = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private final List<DecodedResponse> responses = new ArrayList<>();
  private Login login = Login.REFUSED;
  private String user = "";
  private String named = "";
  private long answered;
  private long cutRows;
  private long shareStart;

  DecodedConversation(String server, String backend, long bytes) {
    this.server = server;
    this.backend = backend;
    this.bytes = bytes;
  }

  void login(Login agreed) {
    login = agreed;
    user = agreed.user();
    named = user;
  }

  /** From this byte of the server on everything is said in the name of another account. */
  void changeUser(String account, long position) {
    finished.add(share(position));
    commands.clear();
    responses.clear();
    answered = 0;
    shareStart = position;
    user = account;
    named = account;
  }

  /** A change of user was refused: the refusal belongs to the account that was asked for. */
  void refuseUser(String account, int code) {
    DecodedResponse refusal = new DecodedResponse("", ResponseType.AUTH_ERR, code, 0);
    finished.add(new Share(account, 0, 0, 0, List.of(), List.of(refusal), 0));
    named = account;
  }

  void add(Command command) {
    commands.add(command);
  }

  /** The server begins to answer the command added last. */
  void answered() {
    answered++;
  }

  void add(String statement, ResponseType type, int code, long rows) {
    responses.add(new DecodedResponse(statement, type, code, rows));
  }

  /** Rows of the last result, which was cut. */
  void addCut(long rows) {
    cutRows += rows;
  }

  /** Notes something about how it was said, which the counts do not show. */
  void trait(String name) {
    traits.add(name, 1);
  }

  Login login() {
    return login;
  }

  private Share share(long end) {
    boolean opened = finished.stream().allMatch(share -> share.opened() == 0);
    return new Share(
        user, opened ? 1 : 0, end - shareStart, answered, commands, responses, cutRows);
  }

  /** By account, in order; several of the same account may stand in it. */
  public List<Share> shares() {
    List<Share> shares = new ArrayList<>(finished);
    shares.add(share(bytes));
    return shares;
  }

  /** The server's address and port. */
  public String server() {
    return server;
  }

  /** The client's address. */
  public String backend() {
    return backend;
  }

  /** The latest account named, be it refused; empty when it never came to that. */
  public String user() {
    return named;
  }

  /** Whether result sets had the new style, without EOF packets. */
  public boolean deprecateEof() {
    return login.deprecateEof();
  }

  /** How often something happened that no count tells of, e.g. {@code auth switch}. */
  public Tally traits() {
    return traits;
  }

  /** All bytes the server sent, greeting and login included. */
  public long bytes() {
    return bytes;
  }

  public List<Command> commands() {
    return shares().stream().flatMap(share -> share.commands().stream()).toList();
  }

  public List<DecodedResponse> responses() {
    return shares().stream().flatMap(share -> share.responses().stream()).toList();
  }

  public long rows() {
    return shares().stream().mapToLong(Share::rows).sum();
  }
}
