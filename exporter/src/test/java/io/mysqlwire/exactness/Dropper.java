package io.mysqlwire.exactness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mysqlwire.testing.Tally;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Kernel programs of the test's own that drop segments with payload from and to a server: {@code
 * dropper.bpf.c}, which says what follows from where they stand.
 */
public final class Dropper implements NetworkFault {
  /** About 3 % in each direction, half of it where segments leave, half where they arrive. */
  private static final int ONE_IN_OF_CGROUP = 61;

  private static final int ONE_IN_OF_WIRE = 31;

  /** Knobs of the programs. */
  private static final int PORT = 0;

  private static final int ONE_IN = 1;
  private static final int SILENT = 2;

  private static final List<String> DROPPED =
      List.of(
          "leaving the server",
          "leaving the client",
          "arriving at the client",
          "arriving at the server",
          "lost on the way to the client",
          "lost on the way to the server");

  private final HostChanges changes = new HostChanges();
  private final List<String> possible;
  private final Path maps;

  private Dropper(List<String> possible) throws IOException {
    this.possible = possible;
    try {
      Path directory = changes.bpfFileSystem("mysqlwire-dropper-");
      maps = directory.resolve("maps");
      changes.make(
          List.of("true"), List.of("rm", "-rf", directory + "/programs", directory + "/maps"));
      load(directory);
    } catch (IOException e) {
      changes.close();
      throw e;
    }
  }

  /** Segments are dropped where they leave a process and where they arrive. */
  static Dropper inCgroup(int port) throws IOException {
    Dropper dropper = new Dropper(DROPPED.subList(0, 4));
    dropper.share(port, ONE_IN_OF_CGROUP);
    dropper.attach("egress", "drop_egress");
    dropper.attach("ingress", "drop_ingress");
    return dropper;
  }

  /** Clients with this IPv4 address vanish: nothing comes from there any more. */
  public static Dropper silencing(String address) throws IOException {
    Dropper dropper = new Dropper(List.of());
    dropper.set(SILENT, ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt());
    dropper.attach("egress", "silence");
    return dropper;
  }

  private void share(int port, int oneIn) throws IOException {
    set(PORT, port);
    set(ONE_IN, oneIn);
  }

  private void attach(String hook, String name) throws IOException {
    String cgroup = Taps.cgroup().toString();
    make(
        List.of("bpftool", "cgroup", "attach", cgroup, hook, "pinned", program(name), "multi"),
        List.of("bpftool", "cgroup", "detach", cgroup, hook, "pinned", program(name)));
  }

  /** Segments are lost on the way: for a network namespace of the test's own. */
  static Dropper onLoopback(int port) throws IOException {
    Loopback.requireOwn();
    Dropper dropper = new Dropper(DROPPED.subList(4, 6));
    dropper.share(port, ONE_IN_OF_WIRE);
    dropper.make(Loopback.tc("qdisc add dev lo clsact"), Loopback.tc("qdisc del dev lo clsact"));
    List<String> filter = new ArrayList<>(Loopback.tc("filter add dev lo ingress bpf"));
    filter.addAll(List.of("direct-action", "object-pinned", dropper.program("lose")));
    dropper.make(filter, List.of("true"));
    return dropper;
  }

  private void make(List<String> change, List<String> undo) throws IOException {
    try {
      changes.make(change, undo);
    } catch (IOException e) {
      changes.close();
      throw e;
    }
  }

  /** Path of its programs, compiled now; none drops anything before it is told to. */
  public static Path object() throws IOException {
    return NativeTestProgram.make("dropper.bpf.o");
  }

  private static void load(Path directory) throws IOException {
    HostChanges.run(
        List.of(
            "bpftool",
            "prog",
            "loadall",
            object().toString(),
            directory.resolve("programs").toString(),
            "pinmaps",
            directory.resolve("maps").toString()));
  }

  private String program(String name) {
    return maps.resolveSibling("programs").resolve(name).toString();
  }

  private void set(int knob, int value) throws IOException {
    List<String> command = new ArrayList<>(List.of("bpftool", "map", "update", "pinned"));
    command.add(maps.resolve("knobs").toString());
    command.add("key");
    addBytes(command, knob);
    command.add("value");
    addBytes(command, value);
    HostChanges.run(command);
  }

  private static void addBytes(List<String> command, int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      command.add(String.valueOf(value >> shift & 0xff));
    }
  }

  @Override
  public Tally mishaps() throws IOException {
    String map = maps.resolve("dropped").toString();
    Tally mishaps = new Tally();
    for (JsonNode element :
        new ObjectMapper()
            .readTree(HostChanges.run(List.of("bpftool", "-j", "map", "dump", "pinned", map)))) {
      JsonNode pair = element.path("formatted");
      mishaps.add(DROPPED.get(pair.path("key").intValue()), pair.path("value").longValue());
    }
    return mishaps;
  }

  @Override
  public List<String> possible() {
    return possible;
  }

  @Override
  public void close() throws IOException {
    changes.close();
  }
}
