package io.mysqlwire.testing;

/** A recorded stream ends within a packet, or before one that had to come. */
final class CutStreamException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  CutStreamException(String message) {
    super(message);
  }
}
