package io.mysqlwire.exporter.cli;

import picocli.CommandLine.INegatableOptionTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** {@code --no-} before a flag with dots in its name, which picocli's own pattern leaves out. */
final class DottedNegation implements INegatableOptionTransformer {
  @Override
  public String makeNegative(String option, CommandSpec command) {
    return "--no-" + option.substring("--".length());
  }

  @Override
  public String makeSynopsis(String option, CommandSpec command) {
    return "--[no-]" + option.substring("--".length());
  }
}
