package io.mysqlwire.bpf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names of unix-domain sockets by their numbers, which only the tracing tap has. Not thread-safe.
 *
 * <p>A name is any bytes, and its text one that no other name and no other label of a server has: a
 * path as it was bound, an abstract name behind {@code @}, bytes that are no UTF-8 as of an {@link
 * AccountName}. Where a path itself looks like something else its first byte, or the {@code @} near
 * its end, is written as {@code \xff} as well.
 */
final class UnixNames {
  private static final String MAP = "unix_names";

  /** For all sockets whose names found no number. */
  private static final String OTHER = "other";

  /** Relative paths that look like an abstract name, an address with its port, or the above. */
  private static final Pattern AMBIGUOUS = Pattern.compile("(?s)@.*|[^/].*:.*|" + OTHER);

  /** As behind a server of another namespace. */
  private static final Pattern NUMBERED = Pattern.compile("@(?=\\d+\\z)");

  private final ReadableMap names;
  private final Map<Integer, String> labels = new HashMap<>();

  UnixNames(long handle) {
    names = ReadableMap.whole(handle, MAP, MapLayout.UNIX_NAME.padded(), Long.BYTES);
  }

  /** Text of the name that has this number. */
  String label(int number) {
    if (number != 0 && !labels.containsKey(number)) {
      read();
    }
    return labels.getOrDefault(number, OTHER);
  }

  private void read() {
    int n = names.read();
    ByteBuffer elements = names.elements();
    for (int i = 0; i < n; i++) {
      int key = names.key(i);
      byte[] name = new byte[elements.getInt(key + MapLayout.UNIX_NAME_LENGTH.get())];
      elements.get(key + MapLayout.UNIX_NAME_BYTES.get(), name);
      labels.put(elements.getInt(names.value(i)), text(name));
    }
  }

  /** Text of a name; an abstract one begins with NUL. */
  static String text(byte[] name) {
    String bytes = new String(name, StandardCharsets.ISO_8859_1);
    boolean isAbstract = name.length > 0 && name[0] == 0;
    boolean escapeFirst = AMBIGUOUS.matcher(bytes).matches();
    String text = tail(bytes, isAbstract || escapeFirst ? 1 : 0);
    text = NUMBERED.matcher(text).replaceAll("\\\\x40");
    if (escapeFirst) {
      return String.format("\\x%02x", name[0]) + text;
    }
    return isAbstract ? '@' + text : text;
  }

  /** Bytes from there on; a NUL among them is none that is UTF-8. */
  private static String tail(String bytes, int from) {
    StringBuilder text = new StringBuilder();
    for (String part : bytes.substring(from).split("\0", -1)) {
      text.append(text.length() == 0 ? "" : "\\x00");
      text.append(AccountName.of(part.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return text.toString();
  }
}
