package io.mysqlwire.exporter.web;

/**
 * What people should know of a running exporter, and what does not change while it runs.
 *
 * @param version of the program
 * @param telemetryPath where the metrics are
 * @param tap which tap runs
 * @param tapReason why that one
 * @param watched which ports, in words
 */
public record About(
    String version, String telemetryPath, String tap, String tapReason, String watched) {}
