package io.mysqlwire.exporter.cli;

import io.mysqlwire.bpf.CgroupListener;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line in the log for what happens to the watched cgroup. */
final class CgroupLog implements CgroupListener {
  private static final Logger LOG = LoggerFactory.getLogger(CgroupLog.class);

  @Override
  public void attachedAgain(Path cgroup) {
    LOG.atInfo()
        .setMessage("the watched cgroup was removed and made anew; attached again")
        .addKeyValue("cgroup", cgroup)
        .log();
  }

  @Override
  public void attachRefused(Exception refusal) {
    LOG.atWarn()
        .setMessage("the watched cgroup was made anew and can't be watched")
        .addKeyValue("reason", String.valueOf(refusal.getMessage()))
        .log();
  }
}
