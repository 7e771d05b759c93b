package io.mysqlwire.failover;

/** A way for clients to whichever server is healthy, as somebody's check has it. */
enum Way {
  HTTPCHK("HAProxy, option httpchk, /health", 3306, true),
  MYSQL_CHECK("HAProxy, option mysql-check", 3307, false),
  SELECT_1("HAProxy, script with SELECT 1", 3308, false),
  VRRP_HEALTH("keepalived, /health", 100, true),
  VRRP_SELECT_1("keepalived, script with SELECT 1", 101, false);

  private final String label;
  private final int place;
  private final boolean asksHealth;

  Way(String label, int place, boolean asksHealth) {
    this.label = label;
    this.place = place;
    this.asksHealth = asksHealth;
  }

  String label() {
    return label;
  }

  /** The port, in HAProxy's files, or the last part of the address, in keepalived's. */
  int place() {
    return place;
  }

  boolean isHaproxy() {
    return this == HTTPCHK || this == MYSQL_CHECK || this == SELECT_1;
  }

  boolean asksHealth() {
    return asksHealth;
  }
}
