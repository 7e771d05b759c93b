package io.mysqlwire.prometheus;

import java.util.Map;

/**
 * One element of an instant vector.
 *
 * @param labels all labels, the metric's name as {@code __name__}
 * @param value its value now
 */
public record Sample(Map<String, String> labels, double value) {}
