package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The text of an account name, which is any bytes that a client sends: UTF-8 as it stands, every
 * other byte as {@code \xff}.
 *
 * <p>Distinct bytes have distinct texts, and the bytes can be had back: where a name itself has
 * what looks like such a byte, its backslash is written {@code \x5c}.
 */
final class AccountName {
  private static final Pattern LOOKS_ESCAPED = Pattern.compile("\\\\(?=x[0-9a-fA-F]{2})");

  private AccountName() {}

  static String of(byte[] name) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
    ByteBuffer bytes = ByteBuffer.wrap(name);
    CharBuffer valid = CharBuffer.allocate(name.length);
    StringBuilder text = new StringBuilder(name.length);
    while (true) {
      CoderResult result = decoder.decode(bytes, valid, true);
      text.append(LOOKS_ESCAPED.matcher(valid.flip()).replaceAll("\\\\x5c"));
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append(String.format("\\x%02x", bytes.get()));
      }
      valid.clear();
      decoder.reset();
    }
  }
}
