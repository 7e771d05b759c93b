package io.mysqlwire.exporter.web;

import io.mysqlwire.exporter.cli.ExporterProcess;
import io.mysqlwire.exporter.cli.RunningExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program with as much heap as a small host gives it. Needs root. */
final class LaunchedExporter {
  private LaunchedExporter() {}

  static RunningExporter start(String... flags) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xmx48m",
                "-cp",
                ExporterProcess.classPath(),
                "io.mysqlwire.exporter.Main",
                "run",
                "--tap=cgroup",
                "--mysql.port=21999",
                "--web.listen-address=127.0.0.1:0"));
    command.addAll(List.of(flags));
    return RunningExporter.start(command);
  }

  static InetSocketAddress address(RunningExporter exporter) throws Exception {
    int port = URI.create("http://" + exporter.addresses().get(0)).getPort();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
