package io.mysqlwire.exporter.web.config;

/**
 * A value of the file with its place; may be a secret, so it prints as its place.
 *
 * @param text as YAML understands it
 * @param plain whether it stands there without quotes
 */
record Scalar(String text, Place place, boolean plain) {
  @Override
  public String toString() {
    return "value at " + place;
  }
}
