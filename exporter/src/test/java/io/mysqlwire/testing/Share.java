package io.mysqlwire.testing;

import io.mysqlwire.bpf.Command;
import java.util.List;

/**
 * What was said on one connection in the name of one account: the account changes with
 * COM_CHANGE_USER.
 *
 * @param user account name, empty when the server refused before it was sent
 * @param opened connections opened: 1 for the account of the login, else 0
 * @param bytes that the server sent
 * @param answered commands that the server began to answer
 * @param commands that the client sent
 * @param responses that it received
 * @param cutRows rows of a result that has no end, counted as soon as they begin
 */
public record Share(
    String user,
    long opened,
    long bytes,
    long answered,
    List<Command> commands,
    List<DecodedResponse> responses,
    long cutRows) {
  public Share {
    commands = List.copyOf(commands);
    responses = List.copyOf(responses);
  }

  public long rows() {
    return cutRows + responses.stream().mapToLong(DecodedResponse::rows).sum();
  }
}
