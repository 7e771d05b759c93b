package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.ResponseType;

/** Who gets which error, and as what. */
record ErrorKey(Backend backend, ResponseType type, int code) {
  static ErrorKey of(ErrorCount count) {
    return new ErrorKey(count.backend(), count.type(), count.code());
  }
}
