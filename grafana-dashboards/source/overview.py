"""All servers at once. Everything here is either of few series on each server or comes from a recording rule."""

from grafana import dashboard, graph, row, stat, steps, table, variable
from parts import JI, RED_RATIO, alerts, background, backend_link, instance, job, ratio, server_link, verdicts

SERVERS = f'{JI},server=~"$server"'
BACKENDS = f'{SERVERS},backend=~"$backend"'
RESPONSES = f"server_backend_user:mysql_wire_command_responses:rate5m{{{BACKENDS}}}"
ERRORS = f"server_backend_user:mysql_wire_command_errors:rate5m{{{BACKENDS}}}"
RECORDED = "server_backend_user:mysql_wire_command_responses:rate5m"

variables = [
    job(),
    instance(),
    variable("server", "Server", "Address and port of the database.", f"{RECORDED}{{{JI}}}"),
    variable("backend", "Backend", "Address of the client.", f"{RECORDED}{{{SERVERS}}}"),
]

panels = [
    stat("Servers", "Servers that the exporters judge. Fewer than you have: an exporter is missing.",
         f"count(mysql_wire_health{{{SERVERS}}} == 1)", "none", graph="none", decimals=0),
    stat("Not healthy", "Servers whose verdict is not healthy; the table below names the reason.",
         f"count(mysql_wire_healthy{{{SERVERS}}} == 0) or vector(0)", "none", steps("green", 1, "red"), decimals=0),
    stat("Commands", "Commands answered per second by all servers together.", f"sum({RESPONSES})", "ops"),
    stat("Error ratio", "Share of the commands of the last 5 minutes that ended in an error.",
         ratio(ERRORS, RESPONSES), "percentunit", steps("green", 0.01, "orange", 0.05, "red"), decimals=2),
    stat("Logins refused", "Logins refused in the last 5 minutes on all servers.",
         f"sum(server_backend_error_code:mysql_wire_refused_logins:increase5m{{{BACKENDS}}}) or vector(0)", "short",
         steps("green", 100, "orange"), decimals=0),
    stat("Lost", "Whatever could not be attributed in the time shown. Not 0: see the dashboard of the exporters.",
         f"sum(increase(mysql_wire_lost_total{{{JI}}}[$__range]))", "short", steps("green", 1, "red"), decimals=0),
    table(
        "Servers", "Every server with its verdict, worst error ratio first. Click on one to see it alone.",
        [
            f"max by (instance, server, reason) (mysql_wire_health{{{SERVERS}}} == 1)",
            f"sum by (instance, server) ({RESPONSES})",
            ratio(ERRORS, RESPONSES, "instance", "server"),
            f"max by (instance, server) (server:mysql_wire_response_seconds:p99_rate5m{{{SERVERS}}})",
            f"max by (instance, server) (server:mysql_wire_command_seconds:rate5m{{{SERVERS}}})",
        ],
        [
            ("instance", "instance", 220, None, {}),
            ("server", "server", 200, None, server_link()),
            ("reason", "verdict", 130, None, {}),
            ("Value #B", "commands", 120, "ops", {}),
            ("Value #C", "error ratio", 120, "percentunit", {"decimals": 2, **background(*RED_RATIO)}),
            ("Value #D", "p99", 100, "s", {}),
            ("Value #E", "worked on", 110, "short", {"decimals": 2}),
        ],
        sort="error ratio",
    ),
    row("Which servers"),
    graph("Commands", "Commands answered per second, the ten busiest servers.",
          [(f"topk(10, sum by (instance, server) ({RESPONSES}))", "{{instance}} {{server}}")], "ops"),
    graph("Error ratio", "Share of the commands that ended in an error, the ten worst servers.",
          [(f"topk(10, {ratio(ERRORS, RESPONSES, 'instance', 'server')})", "{{instance}} {{server}}")], "percentunit"),
    graph("Time to response, p99", "99 of 100 responses began within this time; the ten slowest servers.",
          [(f"topk(10, server:mysql_wire_response_seconds:p99_rate5m{{{SERVERS}}})", "{{instance}} {{server}}")], "s"),
    graph("Commands worked on", "How many commands a server works on at once, on average. A step up without more commands is a server that got slow.",
          [(f"topk(10, server:mysql_wire_command_seconds:rate5m{{{SERVERS}}})", "{{instance}} {{server}}")], "short"),
    row("Which backends"),
    table(
        "Backends with errors", "The twenty backends with the most failing commands per second, over all servers.",
        [
            f"topk(20, sum by (backend) ({ERRORS}) > 0)",
            f"sum by (backend) ({RESPONSES}) and on (backend) topk(20, sum by (backend) ({ERRORS}) > 0)",
            f"({ratio(ERRORS, RESPONSES, 'backend')}) and on (backend) topk(20, sum by (backend) ({ERRORS}) > 0)",
        ],
        [
            ("backend", "backend", 200, None, backend_link()),
            ("Value #B", "commands", 110, "ops", {}),
            ("Value #A", "errors", 110, "ops", {}),
            ("Value #C", "error ratio", 110, "percentunit", {"decimals": 2, **background(*RED_RATIO)}),
        ],
        size=(12, 8), sort="errors",
    ),
    graph("Errors for want of capacity", "Clients or statements refused in the last 5 minutes because a limit of the server was reached: connections, memory, disk.",
          [(f"sum by (instance, server, error_code, error) (server_error_code:mysql_wire_capacity_errors:increase5m{{{SERVERS}}}) or vector(0)",
            "{{instance}} {{server}} {{error_code}} {{error}}")], "short"),
]

DASHBOARD = dashboard("mysql-wire-overview", "Fleet",
                      "All MySQL and MariaDB servers, as counted in the kernels of their hosts by mysql-wire-exporter.",
                      variables, panels, [alerts(), verdicts()])
