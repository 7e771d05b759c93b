package io.mysqlwire.exporter.web.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM text (RFC 7468), whatever stands between them. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----");

  /** Such as {@code Proc-Type: 4,ENCRYPTED}, before an empty line. */
  private static final Pattern HEADERS = Pattern.compile("(?s)^\\s*\\S+:.*?\\r?\\n\\r?\\n");

  private Pem() {}

  /**
   * One block; prints without its content.
   *
   * @param type e.g. {@code CERTIFICATE}
   * @param encrypted whether its headers say so
   */
  record Block(String type, boolean encrypted, String base64) {
    /** Its bytes; none when they are no Base64. */
    byte[] der() {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        return new byte[0];
      }
    }

    @Override
    public String toString() {
      return type;
    }
  }

  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      String body = matcher.group(2);
      boolean encrypted = body.contains("ENCRYPTED");
      String base64 = HEADERS.matcher(body).replaceFirst("").replaceAll("\\s", "");
      blocks.add(new Block(matcher.group(1), encrypted, base64));
    }
    return blocks;
  }
}
