package io.mysqlwire.testing;

/**
 * Bytes that passed a client's socket in one call.
 *
 * @param fromServer direction
 * @param bytes never changed after they were recorded
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Chunk(boolean fromServer, byte[] bytes) {}
