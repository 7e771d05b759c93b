"""What the exporters cost, and whether their numbers can be believed."""

from grafana import dashboard, graph, row, stat, steps, table
from parts import JI, RATE, alerts, instance, job

FILL = f"mysql_wire_map_entries{{{JI}}} / on (job, instance, map) mysql_wire_map_max_entries{{{JI}}}"
KERNEL = f"rate(mysql_wire_bpf_program_seconds_total{{{JI}}}{RATE})"

variables = [job(), instance()]

panels = [
    stat("Exporters", "Exporters that Prometheus can scrape now.", f"sum(up{{{JI}}})", "none", decimals=0),
    stat("Down", "Exporters that Prometheus can't scrape.", f"count(up{{{JI}}} == 0) or vector(0)", "none",
         steps("green", 1, "red"), decimals=0),
    stat("Lost", "Whatever could not be attributed in the time shown, by all exporters.",
         f"sum(increase(mysql_wire_lost_total{{{JI}}}[$__range]))", "short", steps("green", 1, "red"), decimals=0),
    stat("Fullest map", "Share in use of the fullest map of any kernel. What no longer fits counts under other.",
         f"max({FILL})", "percentunit", steps("green", 0.8, "orange", 0.95, "red")),
    stat("Slowest scrape", "Longest time that an exporter needed for its page.",
         f"max(mysql_wire_scrape_duration_seconds{{{JI}}})", "s", steps("green", 1, "orange")),
    stat("Kernel time", "Share of one CPU that the counting takes in the kernel of the busiest host. Needs sysctl kernel.bpf_stats_enabled=1.",
         f"max(sum by (instance) ({KERNEL}))", "percentunit", decimals=2),
    table(
        "Exporters", "Which tap runs and why, and which version.",
        [f"mysql_wire_tap_info{{{JI}}} * on (job, instance) group_left (version, revision) mysql_wire_exporter_build_info{{{JI}}}"],
        [
            ("instance", "instance", 220, None, {}),
            ("tap", "tap", 100, None, {}),
            ("reason", "reason", 400, None, {}),
            ("version", "version", 160, None, {}),
            ("revision", "revision", 200, None, {}),
        ],
        size=(24, 7),
    ),
    table(
        "Servers", "Versions of the servers that run, and whether their encrypted connections can be read.",
        [f"max by (instance, server, version, tls) (mysql_wire_server_info{{{JI}}})"],
        [
            ("instance", "instance", 230, None, {}),
            ("server", "server", 230, None, {}),
            ("version", "version", 350, None, {}),
            ("tls", "TLS", 120, None, {}),
        ],
        size=(24, 7),
    ),
    row("Can the numbers be believed?"),
    graph("Lost", "Whatever could not be attributed, by reason; 0 in normal life.",
          [(f"sum by (instance, reason) (increase(mysql_wire_lost_total{{{JI}}}{RATE}))", "{{instance}} {{reason}}")], "short"),
    graph("Opaque connections", "Open connections whose responses can't be read, by reason.",
          [(f"sum by (instance, reason) (mysql_wire_opaque_connections{{{JI}}})", "{{instance}} {{reason}}")], "short"),
    graph("Unclassified responses", "Responses seen and not classified, per second, by reason.",
          [(f"sum by (instance, reason) (rate(mysql_wire_unclassified_responses_total{{{JI}}}{RATE}))", "{{instance}} {{reason}}")], "ops"),
    graph("Fill of the kernel's maps", "Share in use of each map.", [(FILL, "{{instance}} {{map}}")], "percentunit"),
    graph("Attachments", "Times that the programs were attached to the watched cgroup. A step: the cgroup was removed and made anew.",
          [(f"mysql_wire_cgroup_attachments_total{{{JI}}}", "{{instance}}")], "short"),
    graph("Scrape duration", "Time to read the kernel's maps and make the samples.",
          [(f"mysql_wire_scrape_duration_seconds{{{JI}}}", "{{instance}}")], "s"),
    row("What it costs"),
    graph("CPU of the process", "Share of one CPU that the exporter's process uses. The kernel's part is not in it.",
          [(f"rate(process_cpu_seconds_total{{{JI}}}{RATE})", "{{instance}}")], "percentunit"),
    graph("CPU of the kernel programs", "Share of one CPU that the counting takes. Needs sysctl kernel.bpf_stats_enabled=1.",
          [(f"sum by (instance, program) ({KERNEL})", "{{instance}} {{program}}")], "percentunit", stack=True),
    graph("Time of one run", "Mean time that a kernel program adds to a packet or a send. Needs sysctl kernel.bpf_stats_enabled=1.",
          [(f"{KERNEL} / (rate(mysql_wire_bpf_program_runs_total{{{JI}}}{RATE}) > 0)", "{{instance}} {{program}}")], "s"),
    graph("Memory", "Resident memory of the exporter's process, and what of it Java uses.",
          [(f"process_resident_memory_bytes{{{JI}}}", "{{instance}} resident"),
           (f"sum by (instance, area) (jvm_memory_bytes_used{{{JI}}})", "{{instance}} {{area}}")], "bytes"),
]

DASHBOARD = dashboard("mysql-wire-exporter", "Exporter", "What the exporters cost, and whether their numbers can be believed.",
                      variables, panels, [alerts()])
