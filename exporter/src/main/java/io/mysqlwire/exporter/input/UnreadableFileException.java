package io.mysqlwire.exporter.input;

/** A file that can't be read as text. */
public final class UnreadableFileException extends Exception {
  private static final long serialVersionUID = 1;

  private final String what;
  private final String remedy;

  UnreadableFileException(String what, String remedy) {
    super(what + "; " + remedy);
    this.what = what;
    this.remedy = remedy;
  }

  /** To be read behind the file's name. */
  public String what() {
    return what;
  }

  public String remedy() {
    return remedy;
  }
}
