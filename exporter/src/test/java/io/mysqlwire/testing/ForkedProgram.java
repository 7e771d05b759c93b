package io.mysqlwire.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A copy of a server's program in which a function's name stands for another function, as in a fork
 * that means something else by it. The program itself does not go by names, so it runs as before.
 * Layout of a 64-bit ELF file as in elf(5).
 */
final class ForkedProgram {
  private static final int SHT_DYNSYM = 11;
  private static final int SECTION_BYTES = 64;
  private static final int SYMBOL_BYTES = 24;

  private final ByteBuffer file;
  private final int symbols;
  private final int symbolsEnd;
  private final int names;

  private ForkedProgram(ByteBuffer file) throws IOException {
    this.file = file;
    int sections = (int) file.getLong(40);
    int end = sections + SECTION_BYTES * Short.toUnsignedInt(file.getShort(60));
    int section = sections;
    while (section < end && file.getInt(section + 4) != SHT_DYNSYM) {
      section += SECTION_BYTES;
    }
    if (section == end) {
      throw new IOException("a program without .dynsym");
    }
    symbols = (int) file.getLong(section + 24);
    symbolsEnd = symbols + (int) file.getLong(section + 32);
    names = (int) file.getLong(sections + SECTION_BYTES * file.getInt(section + 40) + 24);
  }

  /**
   * Makes one in a directory, under the program's own name.
   *
   * @param name beginning of the name, as the compiler mangles it
   * @param meant the same of the function that it stands for then
   */
  static Path make(Path program, Path directory, String name, String meant) throws IOException {
    Path copy = directory.resolve(program.getFileName());
    Files.copy(program, copy);
    try (FileChannel channel =
        FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer file = ByteBuffer.allocate((int) channel.size());
      while (file.hasRemaining() && channel.read(file) >= 0) {}
      ForkedProgram fork = new ForkedProgram(file.order(ByteOrder.LITTLE_ENDIAN));
      int from = fork.symbol(meant);
      int to = fork.symbol(name);
      file.putLong(to + 8, file.getLong(from + 8));
      file.putLong(to + 16, file.getLong(from + 16));
      channel.write(file.position(to).limit(to + SYMBOL_BYTES), to);
    }
    return copy;
  }

  /** Where the symbol of a function of the program is. */
  private int symbol(String name) throws IOException {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    for (int at = symbols; at < symbolsEnd; at += SYMBOL_BYTES) {
      int text = names + file.getInt(at);
      boolean defined = file.getShort(at + 6) != 0;
      if (defined && file.slice(text, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        return at;
      }
    }
    throw new IOException("no function " + name);
  }
}
