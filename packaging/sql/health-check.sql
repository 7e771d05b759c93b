-- The table that the probes of mysql-wire-exporter read and write, and an account that may do that and no more.
-- For MySQL 5.7 and later and MariaDB 10.4 and later; run it on a primary, as root:
--     mysql < health-check.sql
-- Change the password first, and 'localhost' to where the exporter connects from, if that is another host.
-- The same password goes into the file of --probe.dsn-file.

CREATE TABLE IF NOT EXISTS mysql.health_check (
  id INT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'server_id: each server has a row of its own',
  t_modified DATETIME NOT NULL
) ENGINE = InnoDB COMMENT = 'of mysql-wire-exporter';

-- Five probes of one exporter keep five sessions at most; those that hang until they are ended come on top.
CREATE USER IF NOT EXISTS 'mysql_wire_probe'@'localhost' IDENTIFIED BY 'CHANGE-ME'
  WITH MAX_USER_CONNECTIONS 20;

-- ON DUPLICATE KEY UPDATE reads the row, so INSERT and UPDATE need SELECT with them.
GRANT SELECT, INSERT, UPDATE ON mysql.health_check TO 'mysql_wire_probe'@'localhost';

-- For the probe "statistics". --probe.statistics-reset needs DROP on file_summary_by_event_name, too.
GRANT SELECT ON performance_schema.setup_instruments TO 'mysql_wire_probe'@'localhost';
GRANT SELECT ON performance_schema.file_summary_by_event_name TO 'mysql_wire_probe'@'localhost';
