package io.mysqlwire.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the symbols of a server's binary tell: those of {@code .dynsym}, which stripping leaves, for
 * plugins need them. Layout of a 64-bit ELF file as in elf(5).
 *
 * @param relocated the kernel chooses where it lies in memory
 * @param versionVariable address of {@code server_version} in the file; 0 when there is none
 * @param linkedTls TLS library that is part of it, for people; empty when there is none
 */
record ServerBinary(boolean relocated, long versionVariable, String linkedTls) {
  private static final int MAGIC = 0x464c457f;
  private static final int ET_DYN = 3;
  private static final int SHT_DYNSYM = 11;
  private static final int SECTION_BYTES = 64;
  private static final int SYMBOL_BYTES = 24;
  private static final byte[] VERSION = name("server_version\0");
  private static final byte[] OPENSSL = name("SSL_write\0");
  private static final byte[] WOLFSSL = name("wolfSSL_write\0");
  private static final byte[] YASSL = name("yaSSL_CleanUp\0");

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a file, of which little is touched. */
  static ServerBinary read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer header = map(channel, 0, SECTION_BYTES);
      if (header.getInt(0) != MAGIC) {
        throw new IOException(file + " is no ELF file");
      }
      boolean relocated = header.getShort(16) == ET_DYN;
      int sections = Short.toUnsignedInt(header.getShort(60));
      ByteBuffer table = map(channel, header.getLong(40), (long) sections * SECTION_BYTES);
      for (int at = 0; at < table.capacity(); at += SECTION_BYTES) {
        if (table.getInt(at + 4) == SHT_DYNSYM) {
          ByteBuffer names = section(channel, table, table.getInt(at + 40) * SECTION_BYTES);
          return of(relocated, section(channel, table, at), names);
        }
      }
      return new ServerBinary(relocated, 0, "");
    } catch (IndexOutOfBoundsException e) {
      throw new IOException(file + " is cut", e);
    }
  }

  private static ByteBuffer section(FileChannel file, ByteBuffer table, int at) throws IOException {
    return map(file, table.getLong(at + 24), table.getLong(at + 32));
  }

  private static ByteBuffer map(FileChannel file, long from, long length) throws IOException {
    return file.map(FileChannel.MapMode.READ_ONLY, from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ServerBinary of(boolean relocated, ByteBuffer symbols, ByteBuffer names) {
    long version = 0;
    String tls = "";
    for (int at = 0; at + SYMBOL_BYTES <= symbols.capacity(); at += SYMBOL_BYTES) {
      if (symbols.getShort(at + 6) == 0) {
        continue; // a library's
      }
      int name = symbols.getInt(at);
      if (is(names, name, VERSION)) {
        version = symbols.getLong(at + 8);
      } else if (is(names, name, WOLFSSL)) {
        tls = "wolfSSL (linked in)";
      } else if (is(names, name, YASSL)) {
        tls = "yaSSL (linked in)";
      } else if (tls.isEmpty() && is(names, name, OPENSSL)) {
        tls = "OpenSSL (linked in)"; // the others have functions of that name, too
      }
    }
    return new ServerBinary(relocated, version, tls);
  }

  private static boolean is(ByteBuffer names, int from, byte[] name) {
    if (from + name.length > names.capacity()) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (names.get(from + i) != name[i]) {
        return false;
      }
    }
    return true;
  }
}
