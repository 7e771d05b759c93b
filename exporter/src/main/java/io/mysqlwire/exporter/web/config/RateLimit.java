package io.mysqlwire.exporter.web.config;

import io.mysqlwire.exporter.input.GoDuration;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket of tokens, one for each request.
 *
 * @param interval time in which one token comes back
 * @param burst tokens that the bucket has
 */
public record RateLimit(Duration interval, int burst) {
  static Optional<RateLimit> read(Section section, Complaints complaints) {
    Duration interval = interval(section, complaints);
    int burst = burst(section, complaints);
    section.refuseOthers();
    if (interval.isZero()) {
      return Optional.empty();
    }
    if (burst == 0) {
      complaints.add(
          section.place("burst"),
          section.path("burst") + " is 0 or missing, so that no request would ever be answered",
          "give 1 or more, or an interval of 0 for no limit");
    }
    return Optional.of(new RateLimit(interval, burst));
  }

  private static Duration interval(Section section, Complaints complaints) {
    Scalar text = section.text("interval");
    if (text == null) {
      return Duration.ZERO;
    }
    Optional<Duration> interval = GoDuration.parse(text.text()).filter(d -> !d.isNegative());
    if (interval.isEmpty()) {
      complaints.add(
          text.place(),
          section.path("interval") + ": " + Complaints.quoted(text.text()) + " is not a duration",
          "give a number with a unit, e.g. 1s, 500ms or 1m30s, or 0 for no limit");
    }
    return interval.orElse(Duration.ZERO);
  }

  private static int burst(Section section, Complaints complaints) {
    Scalar text = section.text("burst");
    if (text == null) {
      return 0;
    }
    if (text.plain() && text.text().matches("\\d{1,9}")) {
      return Integer.parseInt(text.text());
    }
    complaints.add(
        text.place(),
        section.path("burst") + ": " + Complaints.quoted(text.text()) + " is not a whole number",
        "give one from 1 to 999999999");
    return 1;
  }
}
