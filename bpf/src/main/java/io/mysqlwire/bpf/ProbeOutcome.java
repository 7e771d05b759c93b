package io.mysqlwire.bpf;

/**
 * What came of the wish to probe a server's binary.
 *
 * @param kind in one word
 * @param sentence for the user; empty when it is probed
 */
public record ProbeOutcome(Kind kind, String sentence) {
  /** In one word. */
  public enum Kind {
    /** Its processes, those that run and later ones, are probed from now on. */
    ATTACHED,
    /** They are already, by whatever path. */
    ALREADY_ATTACHED,
    /** It has not the functions that are needed, or is no program of this processor. */
    NO_SYMBOLS,
    /** No binary is, as was configured. */
    NOT_WANTED,
    /** The kernel or the file system does not allow it. */
    REFUSED,
    /** It was, and what its functions were called with did not fit what it sent. */
    CONDEMNED
  }

  /** Whether encrypted connections of its processes can be read. */
  public boolean probed() {
    return kind == Kind.ATTACHED || kind == Kind.ALREADY_ATTACHED;
  }
}
