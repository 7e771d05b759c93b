package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.ProbeOutcome;
import io.mysqlwire.bpf.ProbedBinary;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line in the log for what comes of probing servers' binaries. */
final class ProbeLog {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeLog.class);

  private ProbeLog() {}

  static void tell(Path binary, ProbeOutcome outcome) {
    switch (outcome.kind()) {
      case ATTACHED ->
          LOG.atInfo()
              .setMessage("encrypted connections of this binary are read")
              .addKeyValue("binary", binary)
              .log();
      case ALREADY_ATTACHED, NOT_WANTED -> {}
      case NO_SYMBOLS, REFUSED, CONDEMNED ->
          LOG.atWarn()
              .setMessage("encrypted connections of this binary are opaque")
              .addKeyValue("binary", binary)
              .addKeyValue("reason", outcome.sentence())
              .log();
    }
  }

  static void forgotten(ProbedBinary binary) {
    LOG.atInfo()
        .setMessage("nobody runs this binary any more; its probes are off")
        .addKeyValue("inode", binary.inode())
        .addKeyValue("connections", binary.connections())
        .log();
  }

  static void condemned(ProbedBinary binary) {
    LOG.atWarn()
        .setMessage(
            "what a server's functions were called with does not fit what it sent; its probes are"
                + " off and its encrypted connections opaque")
        .addKeyValue("inode", binary.inode())
        .addKeyValue("connections", binary.connections())
        .addKeyValue("contradictions", binary.contradictions())
        .log();
  }
}
