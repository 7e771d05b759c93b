package io.mysqlwire.bpf;

/**
 * An fsync or fdatasync of a server that has not been seen to return. Its end may have been missed:
 * whether the thread still waits, /proc knows.
 *
 * @param server as {@link FsyncCounters#server()}
 * @param file which files
 * @param process id of the server's process
 * @param thread id of the thread that called
 * @param seconds since it called
 */
public record FsyncInFlight(
    String server, FileClass file, int process, int thread, double seconds) {}
