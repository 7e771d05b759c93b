"""Which errors, whose, since when; over all servers, from recording rules."""

from grafana import dashboard, graph, row, stat, steps, table, variable
from parts import JI, alerts, backend_link, instance, job, ratio, server_link

K = f'{JI},server=~"$server",backend=~"$backend"'
CODED = "server_backend_user_error_code:mysql_wire_command_errors:rate5m"
ERRORS = f'{CODED}{{{K},error_code=~"$error_code"}}'
COUNTED = f"server_backend_user:mysql_wire_command_errors:rate5m{{{K}}}"
RESPONSES = f"server_backend_user:mysql_wire_command_responses:rate5m{{{K}}}"
REFUSED = f"server_backend_error_code:mysql_wire_refused_logins:increase5m{{{K}}}"
CAPACITY = f'server_error_code:mysql_wire_capacity_errors:increase5m{{{JI},server=~"$server"}}'

variables = [
    job(),
    instance(),
    variable("server", "Server", "Address and port of the database.", f"{CODED}{{{JI}}}"),
    variable("backend", "Backend", "Address of the client.", f'{CODED}{{{JI},server=~"$server"}}'),
    variable("error_code", "Code", "Error code.", f"{CODED}{{{K}}}"),
]

panels = [
    stat("Errors", "Commands per second that ended in one of the errors chosen.", f"sum({ERRORS}) or vector(0)", "ops"),
    stat("Error ratio", "Share of all commands that ended in an error, of any code.", ratio(COUNTED, RESPONSES), "percentunit",
         steps("green", 0.01, "orange", 0.05, "red"), decimals=2),
    stat("Different codes", "How many different error codes there are now.",
         f"count(count by (error_code) ({ERRORS} > 0)) or vector(0)", "none", decimals=0),
    stat("Backends with errors", "How many backends get errors now. All of them: the server. One: that backend.",
         f"count(count by (backend) ({ERRORS} > 0)) or vector(0)", "none", decimals=0),
    stat("Logins refused", "Logins refused in the last 5 minutes.", f"sum({REFUSED}) or vector(0)", "short",
         steps("green", 100, "orange"), decimals=0),
    stat("For want of capacity", "Clients or statements refused in the last 5 minutes because a limit was reached.",
         f"sum({CAPACITY}) or vector(0)", "short", steps("green", 1, "red"), decimals=0),
    table(
        "Who gets which error", "Errors per second now, the hundred most frequent. Click on a server or a backend to see it alone.",
        [f"topk(100, sum by (instance, server, backend, error_code, error, class) ({ERRORS}) > 0)"],
        [
            ("instance", "instance", 200, None, {}),
            ("server", "server", 180, None, server_link()),
            ("backend", "backend", 170, None, backend_link()),
            ("error_code", "code", 80, None, {}),
            ("error", "error", 270, None, {}),
            ("class", "class", 110, None, {}),
            ("Value", "errors", 110, "ops", {}),
        ],
        size=(24, 13), sort="errors",
    ),
    row("Since when"),
    graph("By error", "Errors per second, the ten most frequent.",
          [(f"topk(10, sum by (error_code, error) ({ERRORS}))", "{{error_code}} {{error}}")], "ops"),
    graph("By class", "Errors per second by class: what kind of fault it is.",
          [(f"sum by (class) ({ERRORS})", "{{class}}")], "ops", stack=True),
    graph("By backend", "Errors per second, the ten backends with the most.",
          [(f"topk(10, sum by (backend) ({ERRORS}))", "{{backend}}")], "ops"),
    graph("By server", "Errors per second, the ten servers with the most.",
          [(f"topk(10, sum by (instance, server) ({ERRORS}))", "{{instance}} {{server}}")], "ops"),
    row("Not of commands"),
    table(
        "Logins refused", "Refused in the last 5 minutes, by backend and error. Accounts are summed: an attack tries many.",
        [f"topk(50, sum by (instance, server, backend, error_code, error) ({REFUSED}) > 0)"],
        [
            ("instance", "instance", 200, None, {}),
            ("server", "server", 180, None, server_link()),
            ("backend", "backend", 170, None, backend_link()),
            ("error_code", "code", 80, None, {}),
            ("error", "error", 270, None, {}),
            ("Value", "logins", 110, "none", {"decimals": 0}),
        ],
        sort="logins",
    ),
]

DASHBOARD = dashboard("mysql-wire-errors", "Errors", "Which errors, whose and since when, over all servers.",
                      variables, panels, [alerts()])
