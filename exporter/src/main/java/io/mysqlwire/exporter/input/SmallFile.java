package io.mysqlwire.exporter.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that people write by hand, or a certificate tool for them. */
public final class SmallFile {
  /** Far more than a configuration or a chain of certificates has. */
  private static final int MOST_BYTES = 1 << 20;

  private SmallFile() {}

  /** The whole text. */
  public static String read(Path file) throws UnreadableFileException {
    byte[] bytes = bytes(file);
    if (bytes.length > MOST_BYTES) {
      throw new UnreadableFileException("has more than 1 MiB", "give the right file");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableFileException("is not UTF-8 text", "give the right file");
    }
  }

  private static byte[] bytes(Path file) throws UnreadableFileException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe can be read but once, and /dev/zero has no end.
      throw new UnreadableFileException(
          "is not a regular file", "give one, since it is read again and again");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new UnreadableFileException("does not exist", "give the path of a file that does");
    } catch (AccessDeniedException e) {
      throw new UnreadableFileException(
          "can't be read by user " + System.getProperty("user.name"),
          "give that user the right to read it and to enter its directories");
    } catch (IOException e) {
      throw new UnreadableFileException(
          "can't be read (" + e.getMessage() + ")", "look at its file system");
    }
  }
}
