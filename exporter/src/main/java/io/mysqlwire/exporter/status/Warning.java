package io.mysqlwire.exporter.status;

/**
 * Why the numbers may not be the whole truth.
 *
 * @param isNow whether it matters for what is on the page, rather than being over
 * @param what what happened, as a sentence without full stop
 * @param remedy what to do about it, as whole sentences
 */
public record Warning(boolean isNow, String what, String remedy) {}
