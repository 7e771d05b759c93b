package io.mysqlwire.exporter.health.probe;

/**
 * How a probe stands.
 *
 * @param kind which one
 * @param finding of the last attempt that ended, or of the one that hangs
 * @param seconds how long that took, or takes
 * @param ageSeconds since it ended; 0 while it hangs or nothing has ended yet
 * @param code error code of the server; 0 for none
 * @param message for people; no password is in it
 */
public record Check(
    ProbeKind kind, Finding finding, double seconds, double ageSeconds, int code, String message) {
  public boolean isOk() {
    return finding == Finding.OK;
  }
}
