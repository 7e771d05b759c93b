package io.mysqlwire.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A socket that says how many bytes came, whatever lies over it. */
final class MeasuredSocket extends Socket {
  private @Nullable RecordedConnection connection;

  void reportTo(RecordedConnection recorded) {
    connection = recorded;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new RecordedInput(
        super.getInputStream(),
        (buffer, offset, length) -> {
          if (connection != null) {
            connection.addWire(length);
          }
        });
  }
}
