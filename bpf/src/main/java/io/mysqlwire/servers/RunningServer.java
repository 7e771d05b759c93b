package io.mysqlwire.servers;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A database server that runs here.
 *
 * @param process it is
 * @param executable that it runs; empty where that is not for us to look at
 * @param sockets it takes TCP connections on
 * @param unixSockets paths of its Unix sockets, as it sees them
 * @param tlsLibrary what it encrypts with, for people; empty when that can't be seen
 * @param version e.g. {@code 8.0.15}; empty when it is not known (yet)
 * @param offersTls whether clients may encrypt; empty when it is not known (yet)
 */
public record RunningServer(
    ServerProcess process,
    Optional<Executable> executable,
    List<ListeningSocket> sockets,
    List<String> unixSockets,
    String tlsLibrary,
    String version,
    Optional<Boolean> offersTls) {

  public RunningServer {
    sockets = List.copyOf(sockets);
    unixSockets = List.copyOf(unixSockets);
  }

  /**
   * What can be seen of a process, without asking it anything.
   *
   * @param seen what the kernel programs know of its listening sockets
   */
  public static RunningServer look(ServerProcess process, List<ListeningSocket> seen) {
    Optional<Executable> executable = Executable.of(process);
    Optional<OpenSockets> open = OpenSockets.of(process);
    String tlsLibrary = "";
    String version = "";
    Optional<ServerMemory> memory = ServerMemory.of(process);
    if (executable.isPresent() && memory.isPresent()) {
      try {
        ServerBinary binary = ServerBinary.read(process.directory().resolve("exe"));
        tlsLibrary = memory.get().tlsLibrary(binary);
        version = memory.get().version(binary, executable.get()).orElse("");
      } catch (IOException e) {
        // It ended meanwhile, or is for another processor: then nothing is known of it.
      }
    }
    return new RunningServer(
        process,
        executable,
        open.map(OpenSockets::tcp).orElse(seen),
        open.map(OpenSockets::unix).orElse(List.of()),
        tlsLibrary,
        version,
        Optional.empty());
  }

  /** The same with what was found of it, as far as it could not be seen. */
  public RunningServer completedBy(FoundServer found) {
    return new RunningServer(
        process,
        executable,
        sockets,
        unixSockets,
        tlsLibrary.isEmpty() ? found.tlsLibrary() : tlsLibrary,
        version.isEmpty() ? found.version() : version,
        offersTls);
  }

  /**
   * The same with what it says to who connects: for it, that is an aborted connection, and for the
   * kernel programs one without a login.
   */
  public RunningServer greeted() {
    return Greeter.ask(process, unixSockets, sockets).map(this::with).orElse(this);
  }

  private RunningServer with(Greeting greeting) {
    return new RunningServer(
        process,
        executable,
        sockets,
        unixSockets,
        tlsLibrary,
        greeting.version(),
        Optional.of(greeting.offersTls()));
  }

  /** What clients of this version do that are not told otherwise, for people. */
  public String defaultClient() {
    return DefaultClient.of(this);
  }
}
