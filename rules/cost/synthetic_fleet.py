"""Writes the samples of a fleet as OpenMetrics: synthetic_fleet.py END SECONDS STEP SERVERS BACKENDS CODES > FILE.

Each server has an exporter of its own, and each backend one account, all answers of a shop, and errors with CODES codes,
each of which comes once in 200 s. END is the Unix time of the last sample.
"""

import sys

# Codes of all classes, those that the rules look at first.
CODES = [
    (1040, "capacity"), (1203, "capacity"), (1205, "lock"), (1213, "lock"), (1290, "read_only"), (1836, "read_only"),
    (1021, "resource"), (1114, "resource"), (1317, "timeout"), (3024, "timeout"), (1062, "constraint"),
    (1452, "constraint"), (1406, "constraint"), (1048, "constraint"), (1146, "schema"), (1054, "schema"),
    (1064, "schema"), (1049, "schema"), (1142, "connection"), (1143, "connection"),
]
BUCKETS = [f"{2 ** i * 16e-6:g}" for i in range(23)] + ["+Inf"]
REASONS = ["ok", "down", "unreachable", "refusing", "stuck", "exhausted", "cannot_read", "cannot_write", "read_only",
           "slow_disk", "starting", "unknown"]


def series_of(server, backends, codes):
    """Yields (series, value at the start, what each second adds)."""
    exporter = f'job="mysql-wire",instance="db{server}:10306"'
    k = f'{exporter},server="10.1.{server // 250}.{server % 250}:3306"'
    yield f"up{{{exporter}}}", 1, 0
    yield f"mysql_wire_scrape_duration_seconds{{{exporter}}}", 0.01, 0
    for code, kind in CODES[:codes]:
        yield f'mysql_wire_error_info{{{exporter},error_code="{code}",error="ER_{code}",class="{kind}"}}', 1, 0
    yield f"mysql_wire_healthy{{{k}}}", 1, 0
    for reason in REASONS:
        yield f'mysql_wire_health{{{k},reason="{reason}"}}', int(reason == "ok"), 0
    for file in ("redo", "binlog", "data"):
        for i, le in enumerate(BUCKETS):
            yield f'mysql_wire_fsync_seconds_bucket{{{k},file="{file}",le="{le}"}}', i, min(i, 9) * 10
    for reason in ("tls", "compressed", "replication", "desynced"):
        yield f'mysql_wire_opaque_connections{{{k},reason="{reason}"}}', 0, 0
    for name in ("backends", "connections", "responses"):
        yield f'mysql_wire_map_entries{{{exporter},map="{name}"}}', 500, 0
        yield f'mysql_wire_map_max_entries{{{exporter},map="{name}"}}', 4096, 0
    yield f'mysql_wire_lost_total{{{exporter},reason="backends_full"}}', 0, 0
    for backend in range(backends):
        b = f'{k},backend="10.2.0.{backend}",user="shop"'
        for kind in ("ok", "resultset"):
            yield f'mysql_wire_responses_total{{{b},response_type="{kind}",error_code=""}}', 1000, 500
        for code, _ in CODES[:codes]:
            yield f'mysql_wire_responses_total{{{b},response_type="err",error_code="{code}"}}', 10, 0.005
        for i, le in enumerate(BUCKETS):
            yield f'mysql_wire_response_seconds_bucket{{{b},le="{le}"}}', i, min(i, 9) * 100
        yield f"mysql_wire_command_seconds_total{{{b}}}", 100, 2
        yield f"mysql_wire_connections{{{b}}}", 10, 0
        yield f"mysql_wire_commands_in_flight{{{b}}}", 1, 0
        yield f"mysql_wire_oldest_command_seconds{{{b}}}", 0.1, 0


def main():
    end, seconds, step, servers, backends, codes = map(int, sys.argv[1:])
    times = [(end - back, seconds - back) for back in range(seconds, -1, -step)]
    for server in range(servers):
        lines = []
        for series, start, rate in series_of(server, backends, codes):
            lines += [f"{series} {start + rate * age:g} {time}" for time, age in times]
        sys.stdout.write("\n".join(lines) + "\n")
    print("# EOF")


if __name__ == "__main__":
    main()
