"""What is to come of each fault of FaultyServers: (alert, server, backend, error code) and the receiver."""

PAGER, TICKETS = "database-pager", "database-tickets"

FAULTS = {
    "storm": {("MysqlWireBackendErrorRatio", "shop", "127.0.1.1", ""): "applications-pager"},
    "deploy": {("MysqlWireBackendErrorRatio", "shop", "127.0.1.2", ""): "applications-pager"},
    "credential": {("MysqlWireAccessDeniedBurst", "shop", "127.0.1.3", "1045"): "applications-tickets"},
    "deadlock": {("MysqlWireLockErrors", "shop", "127.0.1.4", "1213"): TICKETS},
    "hang": {("MysqlWireOldestCommand", "shop", "127.0.1.5", ""): TICKETS},
    "table": {("MysqlWireResourceErrors", "shop", "", "1114"): PAGER},
    "transaction": {("MysqlWireReadOnlyErrors", "shop", "127.0.1.7", "1792"): PAGER},
    "timeout": {("MysqlWireTimeouts", "shop", "127.0.1.8", "1969"): TICKETS},
    "stuck": {("MysqlWireServerStuck", "stuck", "", ""): PAGER},
    "down": {("MysqlWireServerDown", "down", "", ""): PAGER},
    "readonly": {("MysqlWireServerBecameReadOnly", "readonly", "", ""): PAGER},
    "backup": {("MysqlWireServerCannotWrite", "backup", "", ""): PAGER},
    "leak": {("MysqlWireServerRefusing", "leak", "", ""): PAGER, ("MysqlWireTooManyConnections", "leak", "", "1040"): PAGER},
    "account": {("MysqlWireTooManyConnections", "account", "", "1226"): PAGER},
    "slots": {("MysqlWireServerExhausted", "slots", "", ""): PAGER},
}

# Of the exporter, in this order.
LAST_FAULTS = {
    "cgroup": {("MysqlWireWatchBroken", "second", "", ""): "monitoring-tickets"},
    "exporter": {("MysqlWireExporterDown", "second", "", ""): "monitoring-tickets"},
}

# What may be told with it, in the same page, when it is quicker than what inhibits it.
CONSEQUENCES = {
    ("MysqlWireReadOnlyErrors", "readonly", "127.0.2.1", "1290"): PAGER,
}
