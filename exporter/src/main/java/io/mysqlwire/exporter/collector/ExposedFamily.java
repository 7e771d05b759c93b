package io.mysqlwire.exporter.collector;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** A metric family of one scrape, which can write itself. */
public interface ExposedFamily {
  /** Name without what is added for samples, e.g. {@code _total}. */
  String name();

  /** The part of it that has one of these names; nothing when no sample is in it. */
  Optional<ExposedFamily> choose(Set<String> wanted);

  /** Writes header and samples. */
  void write(Exposition out) throws IOException;
}
