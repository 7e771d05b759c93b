package io.mysqlwire.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LockedMemoryTest {
  private static final List<String> LIMITED =
      List.of(
          "Limit                     Soft Limit           Hard Limit           Units     ",
          "Max processes             96494                96494                processes ",
          "Max locked memory         65536                unlimited            bytes     ");

  @Test
  void shouldFindTheSoftLimitOfAKernelThatCountsMapsAgainstIt() {
    assertThat(LockedMemory.limit("5.10.0-28-amd64", LIMITED)).contains(65536L);
    assertThat(LockedMemory.limit("4.19.0", LIMITED)).contains(65536L);
  }

  @Test
  void shouldFindNoneWhereMapsAreCountedByCgroup() {
    assertThat(LockedMemory.limit("5.11.0", LIMITED)).isEmpty();
    assertThat(LockedMemory.limit("6.1.0-56-cloud-amd64", LIMITED)).isEmpty();
  }

  @Test
  void shouldFindNoneWhereThereIsNone() {
    assertThat(
            LockedMemory.limit(
                "5.10.0",
                List.of("Max locked memory         unlimited            unlimited bytes")))
        .isEmpty();
  }
}
