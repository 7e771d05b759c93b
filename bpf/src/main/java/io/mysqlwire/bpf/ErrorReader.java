package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads responses that ended in an error, by code. Not thread-safe. */
@SuppressWarnings("EnumOrdinal") // the order is the agreement with connection.h
final class ErrorReader {
  private static final String MAP = "errors";
  private static final ResponseType[] RESPONSE_TYPES = ResponseType.values();

  private final ReadableMap errors;

  ErrorReader(long handle) {
    errors = ReadableMap.whole(handle, MAP, MapLayout.ERROR.padded(), Long.BYTES);
  }

  List<ErrorCount> read(Map<Integer, Backend> backends) {
    int n = errors.read();
    List<ErrorCount> counts = new ArrayList<>(n + backends.size());
    ByteBuffer elements = errors.elements();
    for (int i = 0; i < n; i++) {
      int key = errors.key(i);
      // A backend that came up since the identities were read is for the next snapshot.
      Backend backend = backends.get(elements.getInt(key + MapLayout.ERROR_BACKEND.get()));
      if (backend != null) {
        counts.add(
            new ErrorCount(
                backend,
                RESPONSE_TYPES[elements.get(key + MapLayout.ERROR_TYPE.get())],
                Short.toUnsignedInt(elements.getShort(key + MapLayout.ERROR_CODE.get())),
                elements.getLong(errors.value(i))));
      }
    }
    return counts;
  }

  MapFill fill(List<ErrorCount> read) {
    return new MapFill(MAP, read.size(), errors.room());
  }

  /**
   * Moves errors that found no room in their map, and were counted beside the other responses, to
   * where they belong.
   */
  static void moveOverflow(List<BackendCounters> counted, List<ErrorCount> errors) {
    for (BackendCounters one : counted) {
      for (ResponseType type : RESPONSE_TYPES) {
        long overflow = one.responses()[type.ordinal()];
        if (type.hasErrorCode() && overflow > 0) {
          errors.add(new ErrorCount(one.backend(), type, ErrorCount.OTHER_CODES, overflow));
          one.responses()[type.ordinal()] = 0;
        }
      }
    }
  }
}
