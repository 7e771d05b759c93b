package io.mysqlwire.bpf;

/**
 * A server's own fsync and fdatasync calls on one class of files, since its first response after
 * the programs were loaded.
 *
 * @param server local address and port of the server's first connection; of its first one with
 *     another than a loopback address, once there was one
 * @param file which files
 * @param latencyBuckets calls by their time, as {@link BackendCounters#latencyBuckets()}
 * @param latencySeconds sum of those times
 */
@SuppressWarnings("ArrayRecordComponent") // made once per scrape, read once, never compared
public record FsyncCounters(
    String server, FileClass file, long[] latencyBuckets, double latencySeconds) {}
