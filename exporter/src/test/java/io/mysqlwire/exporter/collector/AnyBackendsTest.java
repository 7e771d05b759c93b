package io.mysqlwire.exporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.Backend;
import io.mysqlwire.bpf.ErrorCount;
import io.mysqlwire.bpf.FileClass;
import io.mysqlwire.bpf.FsyncCounters;
import io.mysqlwire.bpf.OpaqueCount;
import io.mysqlwire.bpf.OpaqueReason;
import io.mysqlwire.bpf.RawBackend;
import io.mysqlwire.bpf.ResponseType;
import io.mysqlwire.bpf.TapChoice;
import io.mysqlwire.bpf.WireSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever lies in the kernel's maps, any bytes as an account's name among it, the page can be read
 * by a reader that forgives nothing, has no label set twice, and shows distinct bytes apart. {@code
 * -Dmysqlwire.seed} repeats a run.
 */
class AnyBackendsTest {
  private static final long SEED =
      Long.getLong("mysqlwire.seed", ThreadLocalRandom.current().nextInt(1_000_000));

  private static final int PAGES = 100;
  private static final int MOST_BACKENDS = 25;
  private static final ResponseType[] WITH_CODE = {
    ResponseType.ERR, ResponseType.AUTH_ERR, ResponseType.DISCONNECT
  };

  /** What the kernel has, and what is to be seen of it. */
  private record Kernel(Set<RawBackend> keys, WireSnapshot snapshot) {}

  @ParameterizedTest
  @EnumSource(ExpositionFormat.class)
  void shouldMakeAPageThatCanBeRead(ExpositionFormat format) throws Exception {
    for (long seed = SEED; seed < SEED + PAGES; seed++) {
      Kernel kernel = kernel(new Random(seed), MOST_BACKENDS);
      try {
        check(StrictPage.read(page(kernel.snapshot(), format), format), kernel);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dmysqlwire.seed=" + seed, e);
      }
    }
  }

  @Test
  void shouldMakeAPageThatPrometheusCanRead() throws Exception {
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream page = promtool.getOutputStream()) {
      page.write(page(kernel(new Random(SEED), 500).snapshot(), ExpositionFormat.TEXT));
    }
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as("-Dmysqlwire.seed=%d: %s", SEED, said).isZero();
  }

  private static void check(Map<String, Map<Map<String, String>, Double>> page, Kernel kernel) {
    Set<Backend> shown =
        page.getOrDefault("mysql_wire_connections_opened_total", Map.of()).keySet().stream()
            .map(AnyBackendsTest::backend)
            .collect(Collectors.toSet());
    Set<Backend> expected =
        kernel.keys().stream().map(RawBackend::read).collect(Collectors.toSet());
    assertThat(expected).as("distinct bytes, distinct labels").hasSize(kernel.keys().size());
    assertThat(shown).isEqualTo(expected);
    Set<List<String>> codes = new HashSet<>();
    page.getOrDefault("mysql_wire_responses_total", Map.of())
        .keySet()
        .forEach(labels -> codes.add(code(backend(labels), labels)));
    for (ErrorCount error : kernel.snapshot().errors()) {
      assertThat(codes).contains(code(error));
    }
  }

  private static Backend backend(Map<String, String> labels) {
    return new Backend(label(labels, "server"), label(labels, "backend"), label(labels, "user"));
  }

  private static String label(Map<String, String> labels, String name) {
    return Optional.ofNullable(labels.get(name)).orElseThrow();
  }

  private static List<String> code(Backend backend, Map<String, String> labels) {
    return List.of(backend.toString(), label(labels, "response_type"), label(labels, "error_code"));
  }

  private static List<String> code(ErrorCount error) {
    return List.of(
        error.backend().toString(),
        error.type().label(),
        error.code() == ErrorCount.OTHER_CODES ? "other" : String.valueOf(error.code()));
  }

  private static Kernel kernel(Random random, int most) {
    Set<RawBackend> keys = new RawBackends(random).some(most);
    List<Backend> backends = keys.stream().map(RawBackend::read).toList();
    Set<String> servers = backends.stream().map(Backend::server).collect(Collectors.toSet());
    List<OpaqueCount> opaque = new ArrayList<>();
    List<FsyncCounters> fsyncs = new ArrayList<>();
    for (String server : servers) {
      opaque.add(new OpaqueCount(server, OpaqueReason.TLS, random.nextInt(9), random.nextInt(9)));
      fsyncs.add(
          new FsyncCounters(
              server, FileClass.REDO, new long[WireSnapshot.LATENCY_BUCKETS], random.nextInt(9)));
    }
    return new Kernel(
        keys,
        new WireSnapshot(
            backends.stream().map(backend -> RandomSnapshot.counters(random, backend)).toList(),
            errors(random, backends),
            Map.of(),
            opaque,
            fsyncs,
            List.of(),
            List.of(),
            List.of()));
  }

  /** The kernel's map has each key once. */
  private static List<ErrorCount> errors(Random random, List<Backend> backends) {
    Set<List<Object>> keys = new HashSet<>();
    List<ErrorCount> errors = new ArrayList<>();
    for (Backend backend : backends) {
      for (int n = random.nextInt(6); n > 0; n--) {
        ResponseType type = WITH_CODE[random.nextInt(WITH_CODE.length)];
        int code = random.nextInt(4) == 0 ? 1040 + random.nextInt(4) : random.nextInt(65_537) - 1;
        if (keys.add(List.of(backend, type, code))) {
          errors.add(new ErrorCount(backend, type, code, 1 + random.nextInt(99)));
        }
      }
    }
    return errors;
  }

  private static byte[] page(WireSnapshot snapshot, ExpositionFormat format) throws Exception {
    WireCollector wire =
        new WireCollector(
            () -> snapshot,
            () -> Snapshots.loaded(TapChoice.TRACING),
            System::nanoTime,
            AnyBackendsTest::name);
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    Exposition exposition = new Exposition(format, page);
    for (ExposedFamily family : wire.collect()) {
      family.write(exposition);
    }
    exposition.end();
    return page.toByteArray();
  }

  /** As a file of names may have them. */
  private static Optional<String> name(String backend) {
    return backend.length() % 2 == 0 ? Optional.of("\"" + backend + "\\\n}") : Optional.empty();
  }
}
