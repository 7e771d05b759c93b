package io.mysqlwire.testing;

import io.mysqlwire.bpf.ResponseType;

/**
 * One result that a client received.
 *
 * @param statement text of the command that it answers, empty for those without
 * @param type how it ended
 * @param code error code, 0 where the type has none
 * @param rows rows before its end
 */
public record DecodedResponse(String statement, ResponseType type, int code, long rows) {}
