package io.mysqlwire.exporter.input;

/** A text that no log and no page may have; it prints as {@code <secret>}. */
public record Secret(String text) {
  @Override
  public String toString() {
    return "<secret>";
  }
}
