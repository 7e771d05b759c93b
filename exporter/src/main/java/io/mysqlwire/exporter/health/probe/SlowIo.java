package io.mysqlwire.exporter.health.probe;

/**
 * Waits of a server that took too long.
 *
 * @param event {@code redo} or {@code binlog}
 * @param seconds the longest, or their mean
 * @param at when that was seen, by {@link System#nanoTime}
 */
public record SlowIo(String event, double seconds, long at) {}
