package io.mysqlwire.exporter.health.probe;

/**
 * What a server measured of its waits for one kind of file.
 *
 * @param event {@code redo} or {@code binlog}
 * @param maxSeconds the longest since its statistics were reset
 */
public record IoWait(String event, double maxSeconds) {}
