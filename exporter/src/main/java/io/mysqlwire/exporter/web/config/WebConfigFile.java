package io.mysqlwire.exporter.web.config;

import io.mysqlwire.exporter.input.FileStamp;
import io.mysqlwire.exporter.input.SmallFile;
import io.mysqlwire.exporter.input.UnreadableFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of {@code --web.config.file}, which may change while it is in use.
 *
 * <p>Whoever needs it asks for it as it is now. An unchanged file costs one {@code stat()}.
 */
public final class WebConfigFile {
  private static final Logger LOG = LoggerFactory.getLogger(WebConfigFile.class);

  private final Path file;
  private final WebConfig first;
  private WebConfig current;
  private @Nullable WebConfigException broken;
  private FileStamp stamp;
  private String logged = "";

  private WebConfigFile(Path file, WebConfig config, FileStamp stamp) {
    this.file = file;
    this.first = config;
    this.current = config;
    this.stamp = stamp;
  }

  /**
   * Reads it for the first time.
   *
   * @throws WebConfigException with everything that is wrong in it
   */
  public static WebConfigFile open(Path file) throws WebConfigException {
    FileStamp stamp = FileStamp.of(file);
    return new WebConfigFile(file, read(file), stamp);
  }

  private static WebConfig read(Path file) throws WebConfigException {
    String text;
    try {
      text = SmallFile.read(file);
    } catch (UnreadableFileException e) {
      throw new WebConfigException(List.of(file + " " + e.getMessage()));
    }
    return WebConfig.parse(file, text);
  }

  public Path path() {
    return file;
  }

  /** What it said at the start, which decides about TLS, HTTP/2 and the rate limit. */
  public WebConfig atStart() {
    return first;
  }

  /**
   * What it says now.
   *
   * @throws WebConfigException when it can't be used as it is; logged once for each change
   */
  public synchronized WebConfig now() throws WebConfigException {
    FileStamp latest = FileStamp.of(file);
    if (!latest.equals(stamp) || !latest.isSettled()) {
      stamp = latest;
      try {
        // An editor that does not replace the file empties it first: no moment to drop passwords.
        if (latest.isEmptyFile() && !latest.isSettled() && !current.users().isEmpty()) {
          throw new WebConfigException(
              List.of(file + " is being written; replace it in one go: mv NEW " + file));
        }
        WebConfig fresh = read(file);
        if (!fresh.equals(current)) {
          current = fresh;
        }
        broken = null;
      } catch (WebConfigException e) {
        broken = e;
      }
      log();
    }
    if (broken != null) {
      throw broken;
    }
    return current;
  }

  private void log() {
    String state = broken == null ? "" : String.join(" | ", broken.problems());
    if (!state.equals(logged)) {
      logged = state;
      if (broken == null) {
        LOG.info("the web config file is in order again");
      } else {
        broken.problems().forEach(LOG::warn);
      }
    }
  }
}
