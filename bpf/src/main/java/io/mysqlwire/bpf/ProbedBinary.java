package io.mysqlwire.bpf;

/**
 * A server's binary whose functions are probed, so that encrypted connections of its processes can
 * be read.
 *
 * @param device st_dev of its file, as {@code unix:dev} has it
 * @param inode its number there
 * @param connections encrypted connections that were read
 * @param contradictions times that what its functions were called with did not fit what it sent
 * @param condemned there were so many that it is not believed any more: its functions are not what
 *     their names say, as in a fork. Its encrypted connections are opaque then
 */
public record ProbedBinary(
    long device, long inode, long connections, long contradictions, boolean condemned) {}
