package io.mysqlwire.exporter.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/**
 * The body of a response, held back until it is complete, so that a failure can still be a 500. One
 * that is longer than {@link #MOST_HELD} is sent as it comes, so that memory does not grow with the
 * number of series. The memory can be used for one response after the other.
 */
final class HeldBody {
  /** 40,000 series when zipped. */
  static final int MOST_HELD = 256 * 1024;

  private byte[] held = new byte[16 * 1024];

  /** Begins the body of {@code response}. */
  Stream of(Response response) {
    return new Stream(response);
  }

  /** Where the body is written; its end is {@link #close}. */
  final class Stream extends OutputStream {
    private final Response response;
    private final OutputStream client;
    private int length;
    private boolean passing;

    private Stream(Response response) {
      this.response = response;
      this.client = Content.Sink.asOutputStream(response);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (!passing && count > MOST_HELD - length) {
        passing = true;
        client.write(held, 0, length);
      }
      if (passing) {
        client.write(bytes, offset, count);
        return;
      }
      if (count > held.length - length) {
        held = Arrays.copyOf(held, Math.min(MOST_HELD, Math.max(2 * held.length, length + count)));
      }
      System.arraycopy(bytes, offset, held, length, count);
      length += count;
    }

    @Override
    public void close() throws IOException {
      if (!passing) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        client.write(held, 0, length);
      }
      client.close();
    }
  }
}
