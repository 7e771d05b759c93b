package io.mysqlwire.matrix;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The packages of {@code src/test/node}, installed once beside the compiled tests. */
final class NodePackages {
  private NodePackages() {}

  /** The script that talks, next to the packages that it needs. */
  static Path install() throws IOException, InterruptedException, URISyntaxException {
    Path testClasses =
        Path.of(NodePackages.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path sources = testClasses.resolve("../../src/test/node").normalize();
    Path target = testClasses.resolveSibling("node");
    Path lock = target.resolve("package-lock.json");
    boolean installed =
        Files.isDirectory(target.resolve("node_modules"))
            && Files.exists(lock)
            && Files.mismatch(lock, sources.resolve("package-lock.json")) < 0;
    Files.createDirectories(target);
    for (String name : List.of("talk.js", "package.json", "package-lock.json")) {
      Files.copy(sources.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!installed) {
      Program.Result result =
          Program.run(
              List.of("npm", "ci", "--prefix=" + target, "--ignore-scripts", "--no-audit"), "");
      if (result.status() != 0) {
        throw new IOException("npm ci: " + result.out() + result.err());
      }
    }
    return target.resolve("talk.js");
  }
}
