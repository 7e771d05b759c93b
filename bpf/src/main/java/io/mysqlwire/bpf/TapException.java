package io.mysqlwire.bpf;

/** The kernel or the host refused; the message says what, where and what to do about it. */
public class TapException extends Exception {
  private static final long serialVersionUID = 1;

  public TapException(String message) {
    super(message);
  }
}
