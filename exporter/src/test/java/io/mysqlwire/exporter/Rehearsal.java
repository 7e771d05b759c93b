package io.mysqlwire.exporter;

import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.TapDescription;
import io.mysqlwire.bpf.WireReader;
import io.mysqlwire.bpf.WireSnapshot;
import io.mysqlwire.exporter.cli.Program;
import io.mysqlwire.exporter.collector.Snapshots;
import io.mysqlwire.exporter.names.NameSource;
import io.mysqlwire.exporter.servers.ServerBinaries;
import io.mysqlwire.exporter.service.Exporter;
import io.mysqlwire.exporter.service.ServeConfig;
import io.mysqlwire.exporter.web.ListenAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the exporter does until the first scrapes are answered, without a kernel: the build lists
 * the classes that this loads and archives them. It needs no privilege; what is missing is loaded
 * from the jars.
 */
final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Program program = new Program(Map.of(), quiet, quiet);
    program.run("--version");
    program.run("check");
    program.run("run", "--mysql.port=0");
    ServeConfig config =
        new ServeConfig(
            List.of(new ListenAddress("127.0.0.1", 0)),
            Optional.empty(),
            "/metrics",
            NameSource.NONE,
            Duration.ofHours(1),
            ServerBinaries.UNREADABLE);
    try (Exporter exporter = Exporter.start(SampleReader::new, config)) {
      exporter.logAddresses();
      int port = exporter.addresses().get(0).port();
      get(port, "/metrics", "Accept-Encoding: gzip\r\n");
      get(port, "/metrics", "Accept: application/openmetrics-text; version=1.0.0\r\n");
      get(port, "/metrics?name[]=up", "");
      get(port, "/", "");
      get(port, "/-/ready", "");
    }
    System.exit(0);
  }

  /** A reader of no kernel. */
  private static final class SampleReader implements WireReader {
    @Override
    public TapDescription description() {
      return Snapshots.loaded(TapChoice.TRACING);
    }

    @Override
    public WireSnapshot read() {
      return Snapshots.sample();
    }

    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  /** Without the JDK's client, whose classes the exporter does not need. */
  private static void get(int port, String path, String header) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException(path + " answered " + answer);
      }
    }
  }
}
