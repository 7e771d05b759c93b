"""One server: who asks it what, how it answers, how fast."""

from grafana import dashboard, graph, heatmap, row, stat, steps, table, variable
from parts import (COMMAND, RATE, RED_RATIO, VERDICTS_OF_CODES, alerts, background, backend_link, born, instance,
                   job, named_errors, ratio, verdict_code, verdicts)

HOST = 'job=~"$job",instance="$instance"'
SERVER = f'{HOST},server="$server"'
K = f'{SERVER},backend=~"$backend"'
RESPONSES = f"rate(mysql_wire_responses_total{{{K},{COMMAND}}}{RATE})"
ERRORS = f'rate(mysql_wire_responses_total{{{K},response_type="err"}}{RATE})'
FAILED = f'sum by (job, instance, backend, error_code) (rate(mysql_wire_responses_total{{{K},error_code!=""}}{RATE}))'
BUCKETS = f"rate(mysql_wire_response_seconds_bucket{{{K}}}{RATE})"
NAMED = named_errors(FAILED, 'instance="$instance"')
BY = "backend, user"

variables = [
    job(),
    instance(single=True),
    variable("server", "Server", "Address and port of the database.", f"mysql_wire_connections_opened_total{{{HOST}}}", single=True),
    variable("backend", "Backend", "Address of the client.", f"mysql_wire_connections_opened_total{{{SERVER}}}"),
]

panels = [
    stat("Verdict", "What the exporter says of the server, and why.", verdict_code(SERVER, "server"), "none", steps("text"),
         graph="none", text="value",
         mappings=[{"type": "value", "options": {str(i): {"text": t, "color": c, "index": i} for i, (t, c) in VERDICTS_OF_CODES.items()}}]),
    stat("Commands", "Commands answered per second.", f"sum({RESPONSES})", "ops"),
    stat("Error ratio", "Share of the commands that ended in an error. Above 5 % a backend raises MysqlWireBackendErrorRatio.",
         ratio(ERRORS, RESPONSES), "percentunit", steps("green", 0.01, "orange", 0.05, "red"), decimals=2),
    stat("Commands in flight", "Commands that arrived and whose response has not ended. Rises without end when the server hangs.",
         f"sum(mysql_wire_commands_in_flight{{{K}}})", "short"),
    stat("Oldest command", "Age of the oldest command in flight. One that grows with the clock for all backends is a hang.",
         f"max(mysql_wire_oldest_command_seconds{{{K}}})", "s", steps("green", 10, "orange", 60, "red")),
    stat("Connections", "Open connections. Idle ones are harmless but for the server's limit.",
         f"sum(mysql_wire_connections{{{K}}})", "short"),
    row("Who gets which answer"),
    table(
        "Backends", "Every backend and account of this server. The name is that of --backend.names.",
        [
            f"sum by ({BY}) ({RESPONSES})",
            f"sum by ({BY}) ({ERRORS}) or 0 * sum by ({BY}) ({RESPONSES})",
            ratio(ERRORS, RESPONSES, "backend", "user"),
            f"histogram_quantile(0.99, sum by (backend, user, le) ({BUCKETS})) >= 0",
            f"sum by ({BY}) (mysql_wire_commands_in_flight{{{K}}})",
            f"sum by ({BY}) (mysql_wire_connections{{{K}}})",
            f'sum by ({BY}, name) (mysql_wire_connections{{{K}}} * on (job, instance, backend) group_left (name) mysql_wire_backend_info{{{HOST},backend=~"$backend"}})',
        ],
        [
            ("backend", "backend", 170, None, backend_link()),
            ("name", "name", 170, None, {}),
            ("user", "user", 130, None, {}),
            ("Value #A", "commands", 115, "ops", {}),
            ("Value #B", "errors", 110, "ops", {}),
            ("Value #C", "error ratio", 110, "percentunit", {"decimals": 2, **background(*RED_RATIO)}),
            ("Value #D", "p99", 100, "s", {}),
            ("Value #E", "in flight", 95, "short", {}),
            ("Value #F", "connections", 120, "short", {}),
        ],
        sort="error ratio",
    ),
    graph("Responses by type", "How responses ended, per second. A result set that ends in an error after some rows is one err.",
          [(f"sum by (response_type) (rate(mysql_wire_responses_total{{{K}}}{RATE}))", "{{response_type}}")], "ops", stack=True),
    graph("Errors", "Errors per second with the name of the error: of commands, logins and disconnects.",
          [(f"{NAMED} or on (job, instance, backend, error_code) {FAILED}",
            "{{backend}} {{error_code}} {{error}}")], "ops"),
    table(
        "Errors in the time shown", "How often each backend got each error. Needs samples of twice the time shown.",
        ["sum by (backend, user, error_code, error, class) (("
         + born("mysql_wire_responses_total", f'{K},error_code!=""', 'instance="$instance"')
         + ') * on (job, instance, error_code) group_left (error, class) mysql_wire_error_info{' + HOST + "})"],
        [
            ("backend", "backend", 170, None, backend_link()),
            ("user", "user", 130, None, {}),
            ("error_code", "code", 90, None, {}),
            ("error", "error", 340, None, {}),
            ("class", "class", 130, None, {}),
            ("Value", "errors", 110, "none", {"decimals": 0}),
        ],
        size=(24, 10), sort="errors",
    ),
    graph("Logins", "Logins that succeeded and that were refused, per second.",
          [(f'sum by (backend) (rate(mysql_wire_responses_total{{{K},response_type="auth_ok"}}{RATE}))', "{{backend}} ok"),
           (f'sum by (backend, error_code) (rate(mysql_wire_responses_total{{{K},response_type="auth_err"}}{RATE})) or vector(0)',
            "{{backend}} {{error_code}} refused")], "ops"),
    graph("Commands by kind", "Commands received per second, by command of the protocol.",
          [(f"sum by (command) (rate(mysql_wire_commands_total{{{K}}}{RATE}))", "{{command}}")], "ops", stack=True),
    row("How fast"),
    graph("Time to response", "From the last byte of a command to the first byte of its response: half, 95 and 99 of 100.",
          [(f"histogram_quantile({q}, sum by (le) ({BUCKETS}))", f"p{q * 100:g}") for q in (0.5, 0.95, 0.99)], "s"),
    heatmap("Time to response", "How many responses began within which time.",
            f"sum by (le) (increase(mysql_wire_response_seconds_bucket{{{K}}}{RATE}))"),
    graph("Mean time of a command by backend", "From the last byte of a command to the last byte of its response.",
          [(f"sum by (backend) (rate(mysql_wire_command_seconds_total{{{K}}}{RATE})) / (sum by (backend) (rate(mysql_wire_response_seconds_count{{{K}}}{RATE})) > 0)",
            "{{backend}}")], "s"),
    graph("Fsync, p99", "Time of 99 of 100 fsync and fdatasync calls of the server, by kind of file. Tracing tap only.",
          [(f"histogram_quantile(0.99, sum by (file, le) (rate(mysql_wire_fsync_seconds_bucket{{{SERVER}}}{RATE})))", "{{file}}")], "s"),
    row("Load"),
    graph("Commands in flight by backend", "Commands that wait for their response.",
          [(f"sum by (backend) (mysql_wire_commands_in_flight{{{K}}})", "{{backend}}")], "short", stack=True),
    graph("Oldest command by backend", "Age of the oldest command in flight.",
          [(f"max by (backend) (mysql_wire_oldest_command_seconds{{{K}}})", "{{backend}}")], "s"),
    graph("Connections by backend", "Open connections.",
          [(f"sum by (backend, user) (mysql_wire_connections{{{K}}})", "{{backend}} {{user}}")], "short", stack=True),
    graph("Connections opened by backend", "New connections per second. A pool that works opens few.",
          [(f"sum by (backend) (rate(mysql_wire_connections_opened_total{{{K}}}{RATE}))", "{{backend}}")], "ops"),
    graph("Response bytes by backend", "Bytes of responses per second.",
          [(f"sum by (backend) (rate(mysql_wire_response_bytes_total{{{K}}}{RATE}))", "{{backend}}")], "Bps"),
    graph("Rows by backend", "Rows of result sets per second.",
          [(f"sum by (backend) (rate(mysql_wire_response_rows_total{{{K}}}{RATE}))", "{{backend}}")], "ops"),
    row("What is not seen"),
    graph("Opaque connections", "Open connections whose responses can't be read, by reason.",
          [(f"sum by (reason) (mysql_wire_opaque_connections{{{SERVER}}})", "{{reason}}")], "short"),
    graph("Unclassified responses", "Responses seen and not classified, per second, by reason.",
          [(f"sum by (reason) (rate(mysql_wire_unclassified_responses_total{{{SERVER}}}{RATE}))", "{{reason}}")], "ops"),
]

DASHBOARD = dashboard("mysql-wire-server", "Server", "One MySQL or MariaDB server: who asks it, how it answers, how fast.",
                      variables, panels, [alerts(HOST), verdicts(SERVER)])
