package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.bpf.KernelFault.Stops;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions as kernels write them: {@code uname -r}, {@code uname -v}, Ubuntu's signature. */
class KernelFaultsTest {
  private static final String PLAIN = "#1 SMP PREEMPT_DYNAMIC";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // Debian: the release names an ABI, the build a version
        "6.1.0-56-cloud-amd64|#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)|-|6.1.192",
        "6.1.0-32-amd64|#1 SMP PREEMPT_DYNAMIC Debian 6.1.129-1 (2025-03-06)|-|6.1.129",
        "5.10.0-46-cloud-amd64|#1 SMP Debian 5.10.262-1 (2026-07-31)|-|5.10.262",
        "6.12.118+deb13-cloud-amd64|#1 SMP Debian 6.12.118-1 (2026-11-20)|-|6.12.118",
        "7.2.12+deb13-amd64|#1 SMP Debian 7.2.12-1~bpo13+1 (2026-11-04)|-|7.2.12",
        "6.13-rc7-amd64|#1 SMP Debian 6.13~rc7-1~exp1 (2025-01-14)|-|6.13-rc",
        // Ubuntu: the signature names what was merged
        "6.8.0-45-generic|#45-Ubuntu SMP|Ubuntu 6.8.0-45.45-generic 6.8.12|6.8.12",
        "5.15.0-122-generic|#132-Ubuntu SMP|Ubuntu 5.15.0-122.132-generic 5.15.163|5.15.163",
        "6.14.0-1018-aws|#18~24.04.1-Ubuntu SMP|Ubuntu 6.14.0-1018.18-aws 6.14.8|6.14.8",
        "6.8.0-45-generic|#45-Ubuntu SMP|-|6.8",
        "6.8.12-4-pve|#1 SMP PREEMPT_DYNAMIC PMX 6.8.12-4|-|6.8.12",
        // Red Hat and its likes, Oracle, SUSE: a version for years
        "4.18.0-553.22.1.el8_10.x86_64|#1 SMP|-|4.18 mixed",
        "5.14.0-503.11.1.el9_5.x86_64|#1 SMP|-|5.14 mixed",
        "6.12.0-55.9.1.el10_0.x86_64|#1 SMP|-|6.12 mixed",
        "5.15.0-307.178.5.el9uek.x86_64|#2 SMP|-|5.15 mixed",
        "6.12.0-100.28.2.el9uek.x86_64|#2 SMP|-|6.12 mixed",
        "5.14.21-150500.55.88-default|#1 SMP|-|5.14.21 mixed",
        "6.4.0-150600.23.38-default|#1 SMP|-|6.4 mixed",
        "5.10.0-216.0.0.115.oe2203sp4.x86_64|#1 SMP|-|5.10 mixed",
        // those that follow kernel.org
        "6.12.9-1.el9.elrepo.x86_64|#1 SMP|-|6.12.9",
        "6.1.132-147.221.amzn2023.x86_64|#1 SMP|-|6.1.132",
        "5.10.234-225.910.amzn2.x86_64|#1 SMP|-|5.10.234",
        "6.12.9-200.fc41.x86_64|#1 SMP|-|6.12.9",
        "6.12.9-1-default|#1 SMP|-|6.12.9",
        "6.13.7-arch1-1|#1 SMP|-|6.13.7",
        "6.6.64.2-9.azl3|#1 SMP|-|6.6.64",
        "6.6.58-talos|#1 SMP|-|6.6.58",
        "6.6.51+rpt-rpi-v8|#1 SMP Debian 1:6.6.51-1+rpt3 (2024-10-08)|-|6.6.51",
        "6.13.0-rc4|#1 SMP|-|6.13-rc",
        "6.13-rc4+|#1 SMP|-|6.13-rc",
        "7.2.0|#1 SMP|-|7.2",
      })
  void shouldReadVersions(String release, String build, String signature, String expected) {
    Optional<KernelVersion> version =
        KernelVersion.parse(release, build, signature == null ? "" : signature);
    assertThat(version.map(found -> found + (found.mixed() ? " mixed" : ""))).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1.131", "6.6.83", "6.12.19", "6.13", "6.13.1", "6.14-rc1", "7.2.12"})
  void shouldAllowProbesWhereEverythingIsRepaired(String release) {
    assertThat(refusal(Stops.PROBES, release)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5.17",
        "6.0",
        "6.0-rc1",
        "6.1.121",
        "6.1.130",
        "6.2.16",
        "6.6.82",
        "6.8.12",
        "6.11.11",
        "6.12",
        "6.12.18",
        "6.13-rc3"
      })
  void shouldRefuseProbesWhereAFaultIsKnown(String release) {
    assertThat(refusal(Stops.PROBES, release)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5.14.0-503.11.1.el9_5.x86_64",
        "6.12.0-55.9.1.el10_0.x86_64",
        "6.4.0-150600.23.38-default",
        "a kernel of my own"
      })
  void shouldRefuseProbesInDoubt(String release) {
    assertThat(refusal(Stops.PROBES, release)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.10.26", "5.11.9", "4.18.0-553.22.1.el8_10.x86_64"})
  void shouldRefuseTracingWhereAFaultIsKnown(String release) {
    assertThat(refusal(Stops.TRACING, release)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.17", "6.1.20", "6.12", "7.2.12", "5.14.0-503.11.1.el9_5.x86_64"})
  void shouldAllowTracing(String release) {
    assertThat(refusal(Stops.TRACING, release)).isEmpty();
  }

  @Test
  void shouldSayWhatAndWhereInOneSentence() {
    assertThat(refusal(Stops.PROBES, "6.6.58-talos"))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith("in kernel 6.6.58 may be a fault: ")
                    .contains("repaired in 6.1.121, 6.6.67, 6.12.6, 6.13 and later")
                    .contains("https://git.kernel.org/"));
  }

  @Test
  void shouldListEachSeriesInOrder() {
    assertThat(KernelFaults.all())
        .isNotEmpty()
        .allSatisfy(
            fault -> {
              assertThat(fault.fixed()).isSortedAccordingTo(KernelVersion::compareTo);
              assertThat(fault.fixed().get(0)).isGreaterThan(fault.since());
              assertThat(fault.source()).startsWith("https://");
              assertThat(fault.symptom()).matches("[a-z].*[^.]");
            });
    assertThat(KernelFaults.all().stream().map(KernelFault::stops).distinct())
        .containsExactlyInAnyOrderElementsOf(List.of(Stops.values()));
  }

  private static Optional<String> refusal(Stops what, String release) {
    return KernelFaults.forbidding(what, KernelVersion.parse(release, PLAIN, ""));
  }
}
