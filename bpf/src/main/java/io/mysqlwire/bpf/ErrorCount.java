package io.mysqlwire.bpf;

/**
 * Responses of one backend that ended in one error code.
 *
 * @param backend who got them
 * @param type {@link ResponseType#ERR}, {@link ResponseType#AUTH_ERR} or {@link
 *     ResponseType#DISCONNECT}
 * @param code MySQL error code, 0 to 65535; {@link #OTHER_CODES} when the map of errors was full
 * @param count how many
 */
public record ErrorCount(Backend backend, ResponseType type, int code, long count) {
  /** Stands for every code that found no room in the map of errors. */
  public static final int OTHER_CODES = -1;
}
