package io.mysqlwire.exporter.status;

import io.mysqlwire.bpf.LostReason;
import io.mysqlwire.bpf.OpaqueReason;

/** What trouble means, and what to do about it, in plain words. */
final class Remedies {
  private static final String REPORT = "Please report it as a bug, with the version of the server.";

  private Remedies() {}

  static String what(LostReason reason) {
    return switch (reason) {
      case BACKENDS_FULL -> "no room for a new backend, which counts as \"other\"";
      case CONNECTIONS_FULL -> "no room for a connection in the gauges";
      case RESPONSES_FULL -> "no room for a new error code, which counts as \"other\"";
      case MEMORY -> "the kernel had no memory for a connection";
      case PIPELINE_FULL -> "more commands at once than a connection remembers";
      case RESPONSE_GAP -> "bytes of the server were not seen";
      case COMMAND_GAP -> "commands were not seen";
      case UNREADABLE -> "bytes of the server could not be read";
      case WALK_LIMIT -> "more packets in one send than can be followed";
      case MALFORMED -> "bytes that are not MySQL";
      case FSYNCS_FULL -> "no room for a further server's fsync times";
      case LISTENERS_FULL -> "no room for a further address that a server listens on";
      case FSYNC_GAP -> "the begin or end of an fsync was not seen";
    };
  }

  static String of(LostReason reason) {
    return switch (reason) {
      case BACKENDS_FULL ->
          "No response is missing from the sums. Raise --backend.max, count by network with"
              + " --backend.ipv4-prefix, or leave accounts out with --no-backend.user.";
      case CONNECTIONS_FULL ->
          "Connections, in flight and oldest age are too small; responses and errors are complete."
              + " Fewer connections help: pools that are too large, clients that never close.";
      case RESPONSES_FULL ->
          "No error is missing from the sums. Look for an application that makes up error numbers"
              + " with SIGNAL, or raise --backend.max, which makes room for errors, too.";
      case MEMORY ->
          "Look at the memory of this host, and raise sysctl net.core.optmem_max if other programs"
              + " keep state with sockets as well.";
      case PIPELINE_FULL ->
          "Answers are told by their form then. Harmless unless it keeps growing.";
      case RESPONSE_GAP ->
          "Normal for connections that were busy when the exporter started. If it keeps growing,"
              + " errors may be missing here: please report it.";
      case COMMAND_GAP ->
          "Segments of clients that send several commands at once are lost or out of order: look at"
              + " the network. Their answers are counted, without a latency.";
      case UNREADABLE, WALK_LIMIT -> REPORT;
      case MALFORMED ->
          "Another protocol on a watched port, or a PROXY header? Check --mysql.port. " + REPORT;
      case FSYNCS_FULL -> "Watch fewer servers with one exporter.";
      case LISTENERS_FULL -> "Name the ports with --mysql.port: there is room for 1,024 addresses.";
      case FSYNC_GAP -> "These calls are missing from mysql_wire_fsync_seconds, nothing else.";
    };
  }

  static String ofFullMap(String map) {
    return switch (map) {
      case "backend_ids" ->
          "Once full, new backends count as \"other\". Raise --backend.max, or count by network"
              + " with --backend.ipv4-prefix.";
      case "errors" ->
          "Once full, new errors count as code \"other\". Raise --backend.max, which makes room for"
              + " errors, too.";
      case "gauges" ->
          "Once full, new connections are missing from connections, in flight and oldest age."
              + " Fewer connections help: pools that are too large, clients that never close.";
      default -> "Once full, what is new is not told apart any more.";
    };
  }

  static String what(OpaqueReason reason, String server) {
    return switch (reason) {
      case TLS -> "Connections to " + server + " with TLS can't be read";
      case COMPRESSED -> "Compressed connections to " + server + " can be read in part only";
      case REPLICATION -> "Replication streams from " + server + " are not read";
      case DESYNCED -> "Connections to " + server + " were joined or lost in the middle";
      case MPTCP -> "Connections to " + server + " with Multipath TCP can't be read";
      case KTLS -> "Connections to " + server + " that the kernel encrypts can't be read";
      case X_PROTOCOL -> "Connections to " + server + " with the X protocol are not read";
      case GROUP_REPLICATION -> "Group replication through " + server + " is not read";
    };
  }

  static String of(OpaqueReason reason) {
    return switch (reason) {
      case TLS ->
          "Their errors are not in the tables. Where the network can be trusted, let these clients"
              + " connect without TLS.";
      case COMPRESSED ->
          "Some of their errors are not in the tables. Switch the compression of the protocol off in"
              + " these clients.";
      case REPLICATION -> "As it should be: a stream has no end and gets no errors.";
      case DESYNCED ->
          "Normal for connections older than the exporter: they are read from one of their next"
              + " commands on.";
      case MPTCP ->
          "Their errors are not in the tables. With --tap=cgroup and kernel 5.19 or newer they are"
              + " read as long as they have a single path.";
      case KTLS ->
          "Their errors are not in the tables. Take \"Options = KTLS\" out of the openssl.cnf that the"
              + " server reads, or do without the kernel's module tls.";
      case X_PROTOCOL ->
          "Clients of port 33060, such as MySQL Shell, speak it. Their errors are not in the tables.";
      case GROUP_REPLICATION -> "As it should be: members of a group talk to each other there.";
    };
  }

  /** Whether such connections get answers that nobody sees here. */
  static boolean hidesAnswers(OpaqueReason reason) {
    return reason == OpaqueReason.TLS
        || reason == OpaqueReason.COMPRESSED
        || reason == OpaqueReason.MPTCP
        || reason == OpaqueReason.KTLS
        || reason == OpaqueReason.X_PROTOCOL;
  }
}
