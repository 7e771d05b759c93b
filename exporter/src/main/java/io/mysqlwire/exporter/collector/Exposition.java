package io.mysqlwire.exporter.collector;

import io.prometheus.client.Collector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The text of one scrape on its way out, through a small buffer. */
public final class Exposition {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int LONGEST_NUMBER = 24;

  /** Up to here every whole number is a double, and so is every count that the exposition keeps. */
  private static final double EXACT = 1L << 53;

  private static final double NANOSECONDS = 1e9;
  private static final int DECIMALS = 9;

  private final ExpositionFormat format;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;

  /** Writes into {@code out}, which sees few and large pieces. */
  public Exposition(ExpositionFormat format, OutputStream out) {
    this.format = format;
    this.out = out;
  }

  ExpositionFormat format() {
    return format;
  }

  /** Says that this was all, where the format wants that, and hands on what is left. */
  public void end() throws IOException {
    text(format.end());
    flush();
  }

  void text(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] bytes) throws IOException {
    if (bytes.length > BUFFER_BYTES) {
      flush();
      out.write(bytes, 0, bytes.length);
      return;
    }
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  /**
   * The value of a sample, and the end of its line.
   *
   * <p>Counts are whole and times are nanoseconds divided by 10^9; written with that many decimals
   * they are read back as the same double. It costs a fifth of {@link Double#toString}.
   */
  void value(double value) throws IOException {
    reserve(LONGEST_NUMBER);
    long nanoseconds;
    if (value >= 0 && value < EXACT && value == (long) value) {
      digits((long) value, 1);
    } else if (value > 0
        && value < EXACT / NANOSECONDS
        && (nanoseconds = Math.round(value * NANOSECONDS)) / NANOSECONDS == value) {
      decimal(nanoseconds);
    } else {
      text(Collector.doubleToGoString(value));
      reserve(1);
    }
    buffer[length++] = '\n';
  }

  /** Seconds without the zeros at the end. */
  private void decimal(long nanoseconds) {
    digits(nanoseconds / 1_000_000_000, 1);
    buffer[length++] = '.';
    digits(nanoseconds % 1_000_000_000, DECIMALS);
    while (buffer[length - 1] == '0') {
      length--;
    }
  }

  /** At least that many digits. */
  private void digits(long number, int least) {
    int count = least;
    for (long limit = power(least); count < 19 && number >= limit; limit *= 10) {
      count++;
    }
    long rest = number;
    for (int at = length + count - 1; at >= length; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  private static long power(int exponent) {
    return exponent == 1 ? 10 : 1_000_000_000;
  }

  private void reserve(int bytes) throws IOException {
    if (bytes > BUFFER_BYTES - length) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }
}
