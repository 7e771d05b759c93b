"""One backend: what does my service get from the database?"""

from grafana import dashboard, graph, row, stat, steps, table, variable
from parts import COMMAND, JI, RATE, RED_RATIO, alerts, background, born, instance, job, named_errors, ratio, server_link

BACKEND = f'{JI},backend="$backend"'
K = f'{BACKEND},server=~"$server"'
RESPONSES = f"rate(mysql_wire_responses_total{{{K},{COMMAND}}}{RATE})"
ERRORS = f'rate(mysql_wire_responses_total{{{K},response_type="err"}}{RATE})'
FAILED = f'sum by (job, instance, server, error_code) (rate(mysql_wire_responses_total{{{K},error_code!=""}}{RATE}))'
BUCKETS = f"rate(mysql_wire_response_seconds_bucket{{{K}}}{RATE})"
RECORDED = "server_backend_user:mysql_wire_command_responses:rate5m"
# A pod of the host's network has the node's address, and one that has ended an address that another may have by now.
POD = (
    'label_replace(kube_pod_info{host_network="false",pod_ip="$backend"}'
    ' unless on (namespace, pod, uid) (kube_pod_status_phase{phase=~"Succeeded|Failed"} == 1), "name", "$1", "pod", "(.*)")'
)
AT = "{{instance}} {{server}}"
BY = "instance, server"

variables = [
    job(),
    instance(),
    variable("backend", "Backend", "Address of the client.", f"{RECORDED}{{{JI}}}", single=True),
    variable("server", "Server", "Address and port of the database.", f"{RECORDED}{{{BACKEND}}}"),
]

panels = [
    table("Name", "Name of this address: of --backend.names, and of the pod where kube-state-metrics is in the same Prometheus. Which query finds a pod is in README.md.",
          [f"max by (name) (mysql_wire_backend_info{{{BACKEND}}} or {POD})"], [("name", "name", None, None, {})], size=(4, 4)),
    stat("Commands", "Commands of this backend answered per second.", f"sum({RESPONSES})", "ops"),
    stat("Error ratio", "Share of this backend's commands that ended in an error.", ratio(ERRORS, RESPONSES), "percentunit",
         steps("green", 0.01, "orange", 0.05, "red"), decimals=2),
    stat("Time to response, p99", "99 of 100 responses began within this time.",
         f"histogram_quantile(0.99, sum by (le) ({BUCKETS}))", "s"),
    stat("Commands in flight", "Commands of this backend that wait for their response.",
         f"sum(mysql_wire_commands_in_flight{{{K}}})", "short"),
    stat("Connections", "Open connections of this backend.", f"sum(mysql_wire_connections{{{K}}})", "short"),
    table(
        "Servers", "What this backend gets from each server, by account.",
        [
            f"sum by ({BY}, user) ({RESPONSES})",
            ratio(ERRORS, RESPONSES, "instance", "server", "user"),
            f"histogram_quantile(0.99, sum by ({BY}, user, le) ({BUCKETS})) >= 0",
            f"max by ({BY}, user) (mysql_wire_oldest_command_seconds{{{K}}})",
            f"sum by ({BY}, user) (mysql_wire_connections{{{K}}})",
        ],
        [
            ("instance", "instance", 210, None, {}),
            ("server", "server", 190, None, server_link(backend="$backend")),
            ("user", "user", 130, None, {}),
            ("Value #A", "commands", 120, "ops", {}),
            ("Value #B", "error ratio", 120, "percentunit", {"decimals": 2, **background(*RED_RATIO)}),
            ("Value #C", "p99", 100, "s", {}),
            ("Value #D", "oldest", 100, "s", {}),
            ("Value #E", "connections", 125, "short", {}),
        ],
        sort="error ratio", size=(24, 6),
    ),
    row("Which answers"),
    graph("Responses by type", "How responses to this backend ended, per second.",
          [(f"sum by (response_type) (rate(mysql_wire_responses_total{{{K}}}{RATE}))", "{{response_type}}")], "ops", stack=True),
    graph("Errors", "Errors per second, with the name of the error.",
          [(f"sum by ({BY}, error_code, error) ({named_errors(FAILED)} or on (job, instance, server, error_code) {FAILED})",
            AT + " {{error_code}} {{error}}")], "ops"),
    table(
        "Errors in the time shown", "How often this backend got each error. Needs samples of twice the time shown.",
        [f"sum by ({BY}, user, error_code, error, class) (("
         + born("mysql_wire_responses_total", f'{K},error_code!=""', 'instance=~"$instance"')
         + f") * on (job, instance, error_code) group_left (error, class) mysql_wire_error_info{{{JI}}})"],
        [
            ("instance", "instance", 200, None, {}),
            ("server", "server", 180, None, server_link(backend="$backend")),
            ("user", "user", 110, None, {}),
            ("error_code", "code", 80, None, {}),
            ("error", "error", 300, None, {}),
            ("class", "class", 120, None, {}),
            ("Value", "errors", 100, "none", {"decimals": 0}),
        ],
        sort="errors",
    ),
    row("How fast, how much"),
    graph("Time to response", "From the last byte of a command to the first byte of its response: half and 99 of 100.",
          [(f"histogram_quantile({q}, sum by ({BY}, le) ({BUCKETS}))", f"p{q * 100:g} {AT}") for q in (0.5, 0.99)], "s"),
    graph("Mean time of a command", "From the last byte of a command to the last byte of its response.",
          [(f"sum by ({BY}) (rate(mysql_wire_command_seconds_total{{{K}}}{RATE})) / (sum by ({BY}) (rate(mysql_wire_response_seconds_count{{{K}}}{RATE})) > 0)", AT)], "s"),
    graph("Commands by kind", "Commands received per second, by command of the protocol.",
          [(f"sum by (command) (rate(mysql_wire_commands_total{{{K}}}{RATE}))", "{{command}}")], "ops", stack=True),
    graph("Connections", "Open connections, by server and account.",
          [(f"sum by ({BY}, user) (mysql_wire_connections{{{K}}})", AT + " {{user}}")], "short", stack=True),
    graph("Logins", "Logins that succeeded and that were refused, per second.",
          [(f'sum by ({BY}) (rate(mysql_wire_responses_total{{{K},response_type="auth_ok"}}{RATE}))', AT + " ok"),
           (f'sum by ({BY}, error_code) (rate(mysql_wire_responses_total{{{K},response_type="auth_err"}}{RATE})) or vector(0)',
            AT + " {{error_code}} refused")], "ops"),
    graph("Rows", "Rows of result sets per second.",
          [(f"sum by ({BY}) (rate(mysql_wire_response_rows_total{{{K}}}{RATE}))", AT)], "ops"),
]

DASHBOARD = dashboard("mysql-wire-backend", "Backend", "One client address: what does this service get from the databases?",
                      variables, panels, [alerts()])
