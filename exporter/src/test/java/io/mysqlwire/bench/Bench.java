package io.mysqlwire.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmarks named on the command line, all without a name. */
final class Bench {
  private static final String USAGE = "usage: ./dev bench [--quick] [scrape]";

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    List<String> names = new ArrayList<>(List.of(arguments));
    boolean quick = names.remove("--quick");
    names.remove("scrape");
    if (!names.isEmpty()) {
      System.err.println("dev bench: no benchmark " + names.get(0) + "; " + USAGE);
      System.exit(2);
    }
    String tables;
    try {
      tables = new ScrapeBench(quick).run();
    } catch (IOException e) {
      System.err.println("dev bench: scrape: " + e.getMessage());
      System.exit(1);
      return;
    }
    System.out.println(tables);
    if (!quick) {
      new ResultsFile(Path.of("bench/RESULTS.md")).put("scrape", tables);
    }
    System.exit(0); // the HTTP client's threads would keep the JVM for a while
  }
}
