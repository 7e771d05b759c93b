package io.mysqlwire.testing;

/**
 * What client and server agreed on.
 *
 * @param user account name, empty when the server refused before it was sent
 * @param deprecateEof whether result sets end in an OK packet and have no EOF after the columns
 * @param optionalMetadata whether a byte after the column count says if columns are described
 * @param compressed whether everything after the login travels in frames of zlib
 */
record Login(String user, boolean deprecateEof, boolean optionalMetadata, boolean compressed) {
  private static final long CLIENT_MYSQL = 1;
  private static final long COMPRESS = 1 << 5;
  private static final long SSL = 1 << 11;
  private static final long DEPRECATE_EOF = 1 << 24;
  private static final long OPTIONAL_METADATA = 1 << 25;
  private static final long MARIADB_CACHE_METADATA = 1L << 36;

  static final Login REFUSED = new Login("", false, false, false);

  /** Whether the packet stands in place of a login that is sent once TLS is up. */
  static boolean wantsTls(Packet response) {
    return (response.at(0).u32() & SSL) != 0 && response.length() == 32;
  }

  static Login parse(Packet greeting, Packet response) {
    long agreed = serverCapabilities(greeting) & clientCapabilities(response);
    return new Login(
        response.at(32).zeroTerminated(),
        (agreed & DEPRECATE_EOF) != 0,
        (agreed & OPTIONAL_METADATA) != 0 || (agreed & MARIADB_CACHE_METADATA) != 0,
        (agreed & COMPRESS) != 0);
  }

  private static long serverCapabilities(Packet greeting) {
    greeting.at(1).zeroTerminated();
    greeting.u32();
    greeting.u32();
    greeting.u32();
    greeting.u8();
    long low = greeting.u16();
    greeting.u8();
    greeting.u16();
    low |= (long) greeting.u16() << 16;
    greeting.u8();
    greeting.u32();
    greeting.u16();
    return withExtension(low, greeting.u32());
  }

  private static long clientCapabilities(Packet response) {
    long low = response.at(0).u32();
    return withExtension(low, response.at(28).u32());
  }

  /** MariaDB puts 32 more capabilities where MySQL has zeros, and says so by a bit left out. */
  private static long withExtension(long low, long high) {
    return (low & CLIENT_MYSQL) == 0 ? low | high << 32 : low;
  }
}
