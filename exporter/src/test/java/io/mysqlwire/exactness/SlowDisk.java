package io.mysqlwire.exactness;

import io.mysqlwire.testing.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An ext4 file system whose device takes its time to write: dm-delay over a file in memory. For
 * VMs: needs the modules loop, ext4 and dm_delay.
 */
public final class SlowDisk implements AutoCloseable {
  private static final String NAME = "mysqlwire-slow";
  private static final Path DEVICE = Path.of("/dev/mapper", NAME);
  private static final int MEBIBYTES = 512;
  private static final int SECTORS = MEBIBYTES * 2048;

  private final HostChanges changes = new HostChanges();
  private final Path directory;
  private String backing = "";

  private SlowDisk(Path directory) {
    this.directory = directory;
  }

  /** Makes and mounts one that is as fast as memory. */
  public static SlowDisk mount() throws IOException {
    SlowDisk disk = new SlowDisk(Leftovers.directory("mysqlwire-disk-"));
    try {
      disk.make();
    } catch (IOException e) {
      disk.close();
      throw e;
    }
    return disk;
  }

  private void make() throws IOException {
    Path image = directory.resolve("image");
    HostChanges.run(List.of("truncate", "--size=" + MEBIBYTES + "M", image.toString()));
    backing = HostChanges.run(List.of("losetup", "--find")).strip();
    changes.make(
        List.of("losetup", backing, image.toString()), List.of("losetup", "--detach", backing));
    changes.make(dmsetup("create", NAME, "--table", table(0)), dmsetup("remove", "--retry", NAME));
    HostChanges.run(List.of("mkfs.ext4", "-q", DEVICE.toString()));
    Files.createDirectories(path());
    changes.make(
        List.of("mount", DEVICE.toString(), path().toString()),
        List.of("umount", path().toString()));
  }

  /** Where it is mounted. */
  public Path path() {
    return directory.resolve("mounted");
  }

  /** From now on each write and each flush reaches the device so much later; reads do not. */
  public void delayWrites(int milliseconds) throws IOException {
    HostChanges.run(dmsetup("reload", NAME, "--table", table(milliseconds)));
    HostChanges.run(dmsetup("resume", NAME));
  }

  /** Documentation/admin-guide/device-mapper/delay.rst: reads, writes, and flushes as writes. */
  private String table(int milliseconds) {
    return "0 " + SECTORS + " delay " + backing + " 0 0 " + backing + " 0 " + milliseconds;
  }

  /** There is no udev in a VM to make the device's node. */
  private static List<String> dmsetup(String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "DM_DISABLE_UDEV=1", "dmsetup"));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() throws IOException {
    changes.close();
    Leftovers.delete(directory);
  }
}
