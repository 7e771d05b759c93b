package io.mysqlwire.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlwire.exporter.cli.ExporterProcess.Outcome;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code check} is right: what it says of this host is what {@code run} meets, and nothing stays of
 * the trial. Needs root and bpftool.
 */
class CheckIT {
  private ForeignPrograms others;

  @BeforeEach
  void makeCgroup() throws Exception {
    others = new ForeignPrograms();
  }

  @AfterEach
  void removeCgroup() throws Exception {
    others.close();
  }

  @Test
  void shouldAttachAsRunDoesAndLeaveNothing() throws Exception {
    others.attach(1, "multi");
    Outcome check = check(others.cgroup());
    assertThat(check.status()).as(check.out()).isZero();
    assertThat(check.out()).contains("the kernel loads and attaches it").contains("tap: cgroup");
    assertThat(others.attached()).containsExactly("drop_egress");
  }

  @Test
  void shouldNameTheProgramThatAllowsNoOther() throws Exception {
    others.attach(1);
    assertRefused(
        others.cgroup(),
        "program drop_egress \\(id \\d+\\) is attached to "
            + others.cgroup()
            + " at cgroup_skb/egress and allows no other beside it");
    assertThat(others.attached()).containsExactly("drop_egress");
  }

  @Test
  void shouldNameTheProgramAboveThatAllowsNoOther() throws Exception {
    others.attach(1);
    assertRefused(
        others.newChild(),
        "program drop_egress \\(id \\d+\\) is attached to "
            + others.cgroup()
            + " at cgroup_skb/egress and allows no other beside it or below");
  }

  @Test
  void shouldAllowToBeAttachedBelowAProgramThatMayBeOverridden() throws Exception {
    others.attach(1, "override");
    assertThat(check(others.newChild()).status()).isZero();
    assertRefused(others.cgroup(), "allows no other beside it");
  }

  @Test
  void shouldSayThatThereIsNoRoomForOneMore() throws Exception {
    others.attach(63, "multi");
    assertThat(check(others.cgroup()).status()).as("the last place").isZero();
    assertThat(others.attached()).isEqualTo(Collections.nCopies(63, "drop_egress"));
    others.attach(1, "multi");
    assertRefused(
        others.cgroup(),
        "64 programs are attached to "
            + others.cgroup()
            + " at cgroup_skb/egress, and the kernel allows no more");
    assertThat(others.attached()).isEqualTo(Collections.nCopies(64, "drop_egress"));
  }

  @Test
  void shouldSayThatTheCgroupIsGone() throws Exception {
    Path removed = others.newChild();
    Files.delete(removed);
    Outcome check = check(removed);
    assertThat(check.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(check.err()).contains("\"" + removed + "\" does not exist");
    assertThat(run(removed)).isEqualTo(check);
  }

  @Test
  void shouldSayWhichServerWouldNotBeSeen() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      String port = "--mysql.port=" + server.getLocalPort();
      assertThat(check(others.cgroup(), port).out())
          .containsPattern(
              "limit +port "
                  + server.getLocalPort()
                  + " +java, pid "
                  + ProcessHandle.current().pid()
                  + ", listens there in cgroup /.*, which is not in the watched "
                  + others.cgroup()
                  + ": nothing of it is counted");
      assertThat(check(CgroupDirectory.findRoot().orElseThrow(), port).out())
          .doesNotContain("nothing of it is counted");
    }
  }

  /** Both say so, in the same words, and end alike. */
  private static void assertRefused(Path cgroup, String sentence) throws Exception {
    Outcome check = check(cgroup);
    assertThat(check.out()).containsPattern("limit +cgroup tap +.*" + sentence + "\n +-> ");
    assertThat(check.out()).containsPattern("tap: none \\(no tap can be used: .*" + sentence);
    Outcome run = run(cgroup);
    assertThat(run.err())
        .containsPattern(
            "the kernel refused to attach to "
                + cgroup
                + " the programs of the cgroup tap: .*"
                + sentence
                + "; ")
        .hasLineCount(1);
    assertThat(List.of(check.status(), run.status())).containsOnly(ExitStatus.REFUSED);
  }

  private static Outcome check(Path cgroup, String... flags) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("check", "--tap=cgroup", "--cgroup.path=" + cgroup));
    arguments.addAll(Arrays.asList(flags));
    return ExporterProcess.run(arguments.toArray(String[]::new));
  }

  private static Outcome run(Path cgroup) throws Exception {
    return ExporterProcess.run(
        "run",
        "--tap=cgroup",
        "--cgroup.path=" + cgroup,
        "--web.listen-address=127.0.0.1:0",
        "--log.level=error");
  }
}
