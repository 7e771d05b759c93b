package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;

/** Responses of which server can't be classified, and why. */
record OpaqueKey(String server, OpaqueReason reason) {
  static OpaqueKey of(OpaqueCount count) {
    return new OpaqueKey(count.server(), count.reason());
  }
}
