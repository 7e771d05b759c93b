"""Verdicts and what they rest on."""

from grafana import dashboard, graph, row, stat, steps, table, timeline, variable
from parts import JI, VERDICTS_OF_CODES, alerts, instance, job, server_link, verdict_code, verdicts

SERVER = f'{JI},server=~"$server"'
AT = "{{instance}} {{server}}"

variables = [job(), instance(), variable("server", "Server", "Address and port of the database.", f"mysql_wire_health{{{JI}}}")]

panels = [
    stat("Healthy", "Servers whose verdict is healthy.", f"count(mysql_wire_healthy{{{SERVER}}} == 1) or vector(0)", "none", decimals=0),
    stat("Not healthy", "Servers whose verdict is not healthy.", f"count(mysql_wire_healthy{{{SERVER}}} == 0) or vector(0)", "none",
         steps("green", 1, "red"), decimals=0),
    stat("Nothing can be said", "Servers that have no verdict: starting, or nothing is seen of them.",
         f'count(mysql_wire_health{{{SERVER},reason="unknown"}} == 1) or vector(0)', "none", steps("green", 1, "orange"), decimals=0),
    stat("Changes of verdict", "How often a verdict's reason changed in the time shown.",
         f"sum(changes(mysql_wire_health_since_seconds{{{SERVER}}}[$__range]))", "none", decimals=0),
    stat("Probes that fail", "Probes whose last attempt failed or is late. Without --probe.dsn-file there are none.",
         f"count(mysql_wire_probe_success{{{SERVER}}} == 0) or vector(0)", "none", steps("green", 1, "red"), decimals=0),
    stat("Longest not healthy", "How long the server that has been unhealthy longest has been so.",
         f"max(time() - (mysql_wire_health_since_seconds{{{SERVER}}} and on (job, instance, server) mysql_wire_healthy{{{SERVER}}} == 0)) or vector(0)",
         "s", steps("green", 1, "red")),
    timeline("Verdict", "The reason of each server's verdict over time.",
             [(verdict_code(SERVER, "instance, server"), AT)], VERDICTS_OF_CODES),
    table(
        "Verdicts now", "Reason of each verdict, and since when.",
        [
            f"max by (instance, server, reason) (mysql_wire_health{{{SERVER}}} == 1)",
            f"max by (instance, server) (mysql_wire_health_since_seconds{{{SERVER}}}) * 1000",
        ],
        [
            ("instance", "instance", 230, None, {}),
            ("server", "server", 210, None, server_link()),
            ("reason", "verdict", 150, None, {}),
            ("Value #B", "since", 200, "dateTimeAsIso", {}),
        ],
        size=(24, 6),
    ),
    row("Probes"),
    timeline("Probes", "Whether each probe's last attempt was answered well and in time.",
             [(f"min by (instance, server, probe) (mysql_wire_probe_success{{{SERVER}}})", AT + " {{probe}}")],
             {0: ("fails", "red"), 1: ("ok", "green")}, size=(24, 12)),
    graph("Duration of probes", "Seconds that the last attempt of a probe took; of one that hangs, so far.",
          [(f"max by (instance, server, probe) (mysql_wire_probe_duration_seconds{{{SERVER}}})", AT + " {{probe}}")], "s"),
    graph("Longest wait for the disk", "Longest wait of the server for its redo log or binlog since its statistics were reset.",
          [(f"max by (instance, server, event) (mysql_wire_probe_io_max_seconds{{{SERVER}}})", AT + " {{event}}")], "s"),
]

DASHBOARD = dashboard("mysql-wire-health", "Health", "Verdict on each server over time, with its reason, and the probes it rests on.",
                      variables, panels, [alerts(), verdicts()])
