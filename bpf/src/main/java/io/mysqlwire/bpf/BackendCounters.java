package io.mysqlwire.bpf;

/**
 * Everything counted for one {@link Backend}, since the programs were loaded.
 *
 * @param backend whose counts these are
 * @param responses responses by {@link ResponseType#ordinal()}; those types that carry an error
 *     code are 0 here and found in {@link WireSnapshot#errors()}
 * @param commands commands by {@link Command#ordinal()}
 * @param bytes bytes mysqld sent, protocol headers included
 * @param rows rows in result sets
 * @param writes statements outside of transactions whose OK says that rows were affected; {@code
 *     SELECT ... INTO} is among them, COMMIT is not
 * @param connectionsOpened connections opened
 * @param latencyBuckets commands by time from the last byte of the command to the first byte of its
 *     response; bucket i holds those of at most {@link WireSnapshot#latencyBound(int)} seconds and
 *     more than the bound before, the last bucket the rest; not cumulative
 * @param latencySeconds sum of those times
 * @param commandSeconds sum of times from the last byte of the command to the last byte of its
 *     response
 * @param connections open connections now
 * @param commandsInFlight commands that arrived and whose response has not ended
 * @param oldestCommandSeconds age of the oldest of those, 0 when none
 */
@SuppressWarnings("ArrayRecordComponent") // made once per scrape, read once, never compared
public record BackendCounters(
    Backend backend,
    long[] responses,
    long[] commands,
    long bytes,
    long rows,
    long writes,
    long connectionsOpened,
    long[] latencyBuckets,
    double latencySeconds,
    double commandSeconds,
    long connections,
    long commandsInFlight,
    double oldestCommandSeconds) {}
