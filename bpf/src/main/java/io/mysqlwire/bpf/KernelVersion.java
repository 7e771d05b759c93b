package io.mysqlwire.bpf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of kernel.org's releases a kernel is, so far as it says. Whoever builds kernels may add
 * fixes of later ones, which no version tells of.
 *
 * @param major as in 6.1.131
 * @param minor the same
 * @param patch the same; 0 where nothing is said
 * @param candidate whether it is one of the release candidates before that version
 * @param mixed whether it has much of later kernels, faults included: an enterprise kernel that
 *     keeps its version for years
 */
record KernelVersion(int major, int minor, int patch, boolean candidate, boolean mixed)
    implements Comparable<KernelVersion> {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern RELEASE =
      Pattern.compile("(\\d{1,5})\\.(\\d{1,5})(?:\\.(\\d{1,5}))?(.*)");
  private static final Pattern CANDIDATE = Pattern.compile("-rc\\d|~rc\\d");

  /** {@code uname -v} of Debian: its release names an ABI only, as in 6.1.0-32-amd64. */
  private static final Pattern DEBIAN = Pattern.compile("Debian (?:\\d+:)?(\\d\\S*)");

  /** /proc/version_signature of Ubuntu ends in the release that it has merged. */
  private static final Pattern UBUNTU = Pattern.compile("Ubuntu \\S+ (\\d\\S*)");

  /** Red Hat and its likes, Oracle's UEK, SUSE Linux Enterprise, openEuler. */
  private static final Pattern MIXED =
      Pattern.compile("\\.el\\d(?!.*elrepo)|uek|-\\d{6}\\.|\\.oe\\d|\\.an\\d|\\.al\\d");

  /** That of this host; empty when it can't be told. */
  static Optional<KernelVersion> ofThisHost() {
    return parse(
        line(PROC.resolve("sys/kernel/osrelease")),
        line(PROC.resolve("sys/kernel/version")),
        line(PROC.resolve("version_signature")));
  }

  /**
   * Reads what a kernel says of itself.
   *
   * @param release {@code uname -r}
   * @param build {@code uname -v}
   * @param signature Ubuntu's /proc/version_signature; empty elsewhere
   */
  static Optional<KernelVersion> parse(String release, String build, String signature) {
    boolean mixed = MIXED.matcher(release).find();
    Matcher debian = DEBIAN.matcher(build);
    Matcher ubuntu = UBUNTU.matcher(signature);
    String version = debian.find() ? debian.group(1) : ubuntu.find() ? ubuntu.group(1) : release;
    return parse(version, mixed);
  }

  /** As written in the list of faults, e.g. {@code 6.1.131}. */
  static KernelVersion of(String text) {
    return parse(text, false).orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static Optional<KernelVersion> parse(String text, boolean mixed) {
    Matcher parts = RELEASE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String patch = parts.group(3);
    return Optional.of(
        new KernelVersion(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            patch == null ? 0 : Integer.parseInt(patch),
            CANDIDATE.matcher(parts.group(4)).find(),
            mixed));
  }

  boolean isOfSeries(KernelVersion other) {
    return major == other.major && minor == other.minor;
  }

  /** By release alone; a candidate comes before its release. */
  @Override
  public int compareTo(KernelVersion other) {
    int series =
        major != other.major
            ? Integer.compare(major, other.major)
            : Integer.compare(minor, other.minor);
    int release = series != 0 ? series : Integer.compare(patch, other.patch);
    return release != 0 ? release : Boolean.compare(other.candidate, candidate);
  }

  private static String line(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return ""; // not of this distribution
    }
  }

  @Override
  public String toString() {
    return major + "." + minor + (patch == 0 ? "" : "." + patch) + (candidate ? "-rc" : "");
  }
}
