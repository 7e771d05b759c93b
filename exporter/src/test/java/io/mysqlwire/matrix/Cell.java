package io.mysqlwire.matrix;

/**
 * One cell of the matrix.
 *
 * @param client library
 * @param topic feature
 * @param responses that the witness saw
 * @param commands that the witness saw
 * @param reason why it cannot be; empty when it was tried
 * @param trouble what went wrong; empty when the kernel agreed with the witness
 */
record Cell(
    String client, Topic topic, long responses, long commands, String reason, String trouble) {

  static Cell impossible(String client, Topic topic, String reason) {
    return new Cell(client, topic, 0, 0, reason, "");
  }

  static Cell failed(String client, Topic topic, String trouble) {
    return new Cell(client, topic, 0, 0, "", trouble);
  }

  /**
   * Responses that were compared, {@code !} when something went wrong, {@code -} if it can't be.
   */
  String figure() {
    if (!reason.isEmpty()) {
      return "-";
    }
    return trouble.isEmpty() ? String.valueOf(responses) : "!";
  }
}
