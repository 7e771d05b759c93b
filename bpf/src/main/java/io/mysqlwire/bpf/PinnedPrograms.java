package io.mysqlwire.bpf;

import io.mysqlwire.servers.FoundServer;
import io.mysqlwire.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kernel programs that go on counting when the process that loaded them has ended, because they and
 * their maps have names in a BPF file system.
 *
 * <p>{@link #load} once more puts the programs of this version in the place of those that run, and
 * leaves them their maps: no count is lost, if both have the same layout.
 */
public final class PinnedPrograms {
  private static final int EPERM = -1;
  private static final int ENOENT = 2;

  private final Path path;

  /** Those below {@code path}; nothing happens yet. */
  public PinnedPrograms(Path path) {
    this.path = path;
  }

  /**
   * What {@link #load} did.
   *
   * @param description what runs now
   * @param replaced programs ran there before, and their counters go on
   * @param removed directories of other layouts, whose counters are gone
   */
  public record Loaded(TapDescription description, boolean replaced, List<String> removed) {}

  /**
   * Loads, attaches and pins.
   *
   * @param group whose members may read the maps; everybody when it is null
   * @throws TapException with a message for the user, when the host does not allow it
   */
  public Loaded load(TapConfig config, @Nullable String group) throws TapException {
    try {
      new PinDirectory(path).create();
      int error = Native.mount(path.toString());
      if (error == EPERM && Capabilities.sufficient()) {
        throw new TapException(
            "can't mount a BPF file system on "
                + path
                + ", which needs CAP_SYS_ADMIN; run as root, or mount one (mount -t bpf bpf"
                + " DIRECTORY) and name a directory in it with --bpf.pin-path");
      }
      if (error != 0) {
        throw refused("mount a BPF file system on " + path, Native.errorText(-error));
      }
      PinDirectory pins = new PinDirectory(path);
      try {
        return load(config, pins, PinAccess.of(group, path));
      } catch (TapException | IOException | RuntimeException | Error e) {
        pins.unmount(); // unless somebody has something in it
        throw e;
      }
    } catch (IOException e) {
      throw refused("pin below " + path, String.valueOf(e));
    }
  }

  private static Loaded load(TapConfig config, PinDirectory pins, PinAccess access)
      throws TapException, IOException {
    Path workplace = pins.begin(access);
    try {
      return load(config, pins, workplace, access);
    } finally {
      PinnedLayout.delete(workplace);
    }
  }

  private static Loaded load(TapConfig config, PinDirectory pins, Path workplace, PinAccess access)
      throws TapException, IOException {
    PinnedLayout current = pins.current();
    boolean replaces = current.exists();
    try (KernelPrograms loaded =
        replaces
            ? KernelPrograms.attachInPlaceOf(current, config)
            : KernelPrograms.attach(config)) {
      if (replaces) {
        current.replacePrograms(loaded, access);
        if (!config.tls()) {
          PinnedLayout.delete(current.probes());
        }
      } else {
        pinAnew(loaded, new PinnedLayout(workplace), access);
        Files.move(workplace, current.directory(), StandardCopyOption.ATOMIC_MOVE);
      }
      access.applyTo(current.maps(), hidden(current.maps()));
      access.applyTo(current.directory(), List.of());
      return new Loaded(loaded.description(), replaces, pins.removeOtherLayouts());
    }
  }

  private static void pinAnew(KernelPrograms loaded, PinnedLayout place, PinAccess access)
      throws IOException, KernelRefusal {
    access.createPrivate(place.maps());
    access.createPrivate(place.programs());
    access.createPrivate(place.links());
    loaded.pin(place.maps(), place.programs(), place.links());
    access.applyTo(place.programs(), List.of());
  }

  /**
   * Probes servers' binaries for what is loaded; pinned, the probes outlive this process.
   *
   * <p>Those that no server runs any more, or that were condemned, are probed no longer.
   *
   * @param running all servers
   * @param config as it was loaded with
   * @return what came of it; empty where encrypted connections are not read
   */
  public Map<ServerProcess, ProbeOutcome> probe(Collection<ServerProcess> running, TapConfig config)
      throws TapException {
    Map<ServerProcess, ProbeOutcome> outcomes = new LinkedHashMap<>();
    if (!config.tls()) {
      return outcomes;
    }
    PinnedLayout current = new PinDirectory(path).current();
    long probes = Native.openProbes(current.directory().toString());
    if (probes == -ENOENT) {
      return outcomes;
    }
    if (probes < 0) {
      throw refused("open " + current.programs(), Native.errorText((int) -probes));
    }
    try {
      Files.createDirectories(current.probes());
      ServerProbes servers = new ServerProbes(probes, config.acceptFaults());
      servers.keepOnly(running);
      servers.probed().stream().filter(ProbedBinary::condemned).forEach(servers::unprobe);
      for (ServerProcess process : running) {
        outcomes.put(process, servers.probe(process.binary()));
      }
      return outcomes;
    } catch (IOException e) {
      throw refused("pin below " + path, String.valueOf(e));
    } finally {
      Native.closeProbes(probes);
    }
  }

  /**
   * Leaves what was found of the servers for readers, who may not look at them.
   *
   * @param group as for {@link #load}
   */
  public void tell(Map<ServerProcess, FoundServer> found, @Nullable String group)
      throws TapException {
    try {
      new PinDirectory(path).current().servers().write(found, PinAccess.of(group, path));
    } catch (IOException e) {
      throw refused("leave word of the servers below " + path, String.valueOf(e));
    }
  }

  /** Maps that readers have no need of: what is remembered of connections, and free places. */
  private static List<String> hidden(Path maps) throws IOException {
    List<String> hidden = new ArrayList<>();
    for (Path map : PinnedLayout.list(maps)) {
      String name = map.getFileName().toString();
      if (!Native.mayRead(name)) {
        hidden.add(name);
      }
    }
    return hidden;
  }

  /**
   * Detaches and unpins whatever was loaded there, of any layout.
   *
   * @return directories removed, empty when there was nothing
   */
  public List<String> unload() throws TapException {
    try {
      PinDirectory pins = new PinDirectory(path);
      List<String> removed = pins.removeAll();
      pins.unmount();
      return removed;
    } catch (IOException e) {
      throw refused("unpin below " + path, String.valueOf(e));
    }
  }

  private static TapException refused(String what, String why) {
    String remedy =
        Capabilities.sufficient()
            ? "check --bpf.pin-path (names in a BPF file system have no dot)"
            : "run as root (missing: " + String.join(", ", Capabilities.missing()) + ")";
    return new TapException("can't " + what + ": " + why + "; " + remedy);
  }
}
