package io.mysqlwire.exporter.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A style sheet or script that is sent inside the page, so that one request is enough.
 *
 * @param text its source
 * @param hash as a Content-Security-Policy names it: nothing else inline is obeyed
 */
record InlineResource(String text, String hash) {
  static InlineResource read(String name) {
    try (InputStream in = InlineResource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      byte[] source = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(source);
      return new InlineResource(
          new String(source, StandardCharsets.UTF_8),
          "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
