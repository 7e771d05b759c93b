package io.mysqlwire.exporter.web.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A response that is kept: writing to it never waits for a client. */
final class RecordedResponse extends Response.Wrapper {
  /** Small, since the JVM keeps a direct buffer of the largest write for each thread. */
  private static final int CHUNK_BYTES = 32 * 1024;

  private final HttpFields.Mutable headers = HttpFields.build();
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private int status = HttpStatus.OK_200;
  private long size;

  RecordedResponse(Request request, Response response) {
    super(request, response);
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    while (BufferUtil.hasContent(content)) {
      ByteBuffer chunk = chunkWithRoom();
      int before = chunk.position();
      chunk.put(
          content.slice(content.position(), Math.min(content.remaining(), chunk.remaining())));
      int taken = chunk.position() - before;
      content.position(content.position() + taken);
      size += taken;
    }
    callback.succeeded();
  }

  private ByteBuffer chunkWithRoom() {
    if (chunks.isEmpty() || !chunks.get(chunks.size() - 1).hasRemaining()) {
      chunks.add(ByteBuffer.allocate(CHUNK_BYTES));
    }
    return chunks.get(chunks.size() - 1);
  }

  @Override
  public HttpFields.Mutable getHeaders() {
    return headers;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int status) {
    this.status = status;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void reset() {
    status = HttpStatus.OK_200;
    headers.clear();
    chunks.clear();
    size = 0;
  }

  long size() {
    return size;
  }

  int chunkCount() {
    return chunks.size();
  }

  /** A view of its own, since several clients read it at once. */
  ByteBuffer chunk(int index) {
    return chunks.get(index).duplicate().flip();
  }
}
