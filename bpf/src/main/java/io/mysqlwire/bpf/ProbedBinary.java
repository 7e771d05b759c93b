package io.mysqlwire.bpf;

import io.mysqlwire.servers.Executable;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's binary whose functions are probed, so that encrypted connections of its processes can
 * be read.
 *
 * @param device st_dev of its file, as {@code unix:dev} has it
 * @param inode its number there
 * @param connections encrypted connections that were read
 * @param contradictions times that what its functions were called with did not fit what it sent
 * @param condemned there were so many that it is not believed any more: its functions are not what
 *     their names say, as in a fork. Its encrypted connections are opaque then
 */
public record ProbedBinary(
    long device, long inode, long connections, long contradictions, boolean condemned) {

  /** Figures of each in {@link Native#probed}. */
  static final int FIGURES = 5;

  static List<ProbedBinary> parse(long[] figures) {
    List<ProbedBinary> binaries = new ArrayList<>();
    for (int at = 0; at < figures.length; at += FIGURES) {
      binaries.add(
          new ProbedBinary(
              figures[at],
              figures[at + 1],
              figures[at + 2],
              figures[at + 3],
              figures[at + 4] != 0));
    }
    return binaries;
  }

  /** An element that is free. */
  boolean isNone() {
    return inode == 0;
  }

  /** Whether it is this file. */
  public boolean is(Executable file) {
    return isOf(file.device(), file.inode());
  }

  /** Whether it is the file with these numbers. */
  public boolean isOf(long device, long inode) {
    return this.device == device && this.inode == inode;
  }
}
