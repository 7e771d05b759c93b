package io.mysqlwire.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a running server has mapped: its libraries, and the variable {@code server_version}, from
 * which it makes its greeting. Nothing stops for that, and a server that hangs is read as well.
 */
final class ServerMemory {
  /** SERVER_VERSION_LENGTH of include/mysql_com.h, in MySQL and MariaDB. */
  private static final int VERSION_BYTES = 60;

  private final ServerProcess process;
  private final List<String> mappings;

  private ServerMemory(ServerProcess process, List<String> mappings) {
    this.process = process;
    this.mappings = mappings;
  }

  /** That of a process; empty when it is not for us to look at. */
  static Optional<ServerMemory> of(ServerProcess process) {
    try (Stream<String> lines = Files.lines(process.directory().resolve("maps"))) {
      return Optional.of(new ServerMemory(process, lines.toList()));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** The path of the first mapped file whose name begins so. */
  private Optional<String> library(String name) {
    return mappings.stream()
        .map(line -> line.indexOf('/') < 0 ? "" : line.substring(line.indexOf('/')))
        .filter(path -> path.contains('/' + name))
        .findFirst();
  }

  /** What it encrypts with, for people: {@code libssl.so.3}, {@code wolfSSL (linked in)}. */
  String tlsLibrary(ServerBinary binary) {
    Optional<String> library = library("libssl.so").or(() -> library("libwolfssl.so"));
    return library
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .orElse(binary.linkedTls().isEmpty() ? "none" : binary.linkedTls());
  }

  /** E.g. {@code 10.11.14-MariaDB-deb12}; empty when it can't be read, or is not made yet. */
  Optional<String> version(ServerBinary binary, Executable executable) {
    if (binary.versionVariable() == 0) {
      return Optional.empty();
    }
    try (FileChannel memory = FileChannel.open(process.directory().resolve("mem"))) {
      ByteBuffer bytes = ByteBuffer.allocate(VERSION_BYTES);
      long begin = binary.relocated() ? begin(executable) : 0;
      memory.read(bytes, begin + binary.versionVariable());
      String text = new String(bytes.array(), StandardCharsets.UTF_8);
      int end = text.indexOf('\0');
      return end > 0 ? Optional.of(text.substring(0, end)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where the binary begins: the mapping of its first byte. */
  private long begin(Executable executable) throws IOException {
    return mappings.stream()
        // 5580f0000000-5580f0682000 r--p 00000000 fe:00 263041   /usr/sbin/mariadbd
        .map(line -> line.split("\\s+", 6))
        .filter(fields -> fields.length == 6 && Long.parseLong(fields[2], 16) == 0)
        .filter(fields -> fields[5].startsWith(executable.path()))
        .map(fields -> Long.parseUnsignedLong(fields[0], 0, fields[0].indexOf('-'), 16))
        .findFirst()
        .orElseThrow(() -> new IOException("the binary is not mapped"));
  }
}
