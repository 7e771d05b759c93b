"""Checks runbook.md: an entry per alert and none without one, each complete, of metrics that there are, its queries valid.

promtool parses the queries, as rules of a file that is made for it.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import rule_files

EXPOSITION = "exporter/src/test/resources/io/mysqlwire/exporter/collector/golden.txt"
GOLDEN = rule_files.HERE.parent / EXPOSITION
# Families that the golden exposition does not have: health and probes, and what Prometheus makes itself.
OTHERS = {"mysql_wire_backend_info", "mysql_wire_healthy", "mysql_wire_health", "mysql_wire_health_since_seconds",
          "mysql_wire_probe_success", "mysql_wire_probe_duration_seconds", "mysql_wire_probe_io_max_seconds"}
PARTS = ["Meaning.", "Impact.", "How to tell.", "First three steps.", "Silenced by.", "Related metrics."]


def known_metrics():
    names = set(rule_files.records()) | OTHERS
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)", GOLDEN.read_text(), re.MULTILINE):
        names |= {name + suffix for suffix in (["", "_bucket", "_sum", "_count"] if kind == "histogram" else [""])}
    return names


def entry_faults(text, metrics):
    if re.findall(r"^\*\*([A-Z][a-z ]+\.)\*\*", text, re.MULTILINE) != PARTS:
        yield f"its parts are not {' '.join(PARTS)}"
    steps = text.partition("**First three steps.**")[2].partition("**Silenced by.**")[0]
    if re.findall(r"^(\d)\. ", steps, re.MULTILINE) != ["1", "2", "3"]:
        yield "it does not have three first steps"
    if "```promql" not in text:
        yield "it has no query to paste"
    for name in re.findall(r"\b(?:[a-z_]+:)?mysql_wire_[a-z0-9_:]+", text):
        if name not in metrics and not name.startswith("mysql_wire_error_info"):
            yield f"there is no metric {name}"


def parse_fault(query):
    """What promtool says against a query; None when it parses."""
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory, "query.yml")
        rule = {"record": "runbook:query", "expr": query}
        path.write_text(json.dumps({"groups": [{"name": "runbook", "rules": [rule]}]}))
        ran = subprocess.run(["promtool", "check", "rules", path], capture_output=True, text=True)
    return ran.stderr.strip() if ran.returncode else None


def main():
    alerts, metrics = rule_files.alerts(), known_metrics()
    text = (rule_files.HERE / "runbook.md").read_text()
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    entries = dict(zip(parts[1::2], parts[2::2]))
    queries = set(re.findall(r"```promql\n(.*?)\n```", text, re.DOTALL))

    faults = [f"{name}: no entry" for name in alerts if name not in entries]
    faults += [f"{name}: no alert is called so" for name in entries if name not in alerts]
    faults += [f"{name}: {fault}" for name, entry in entries.items() for fault in entry_faults(entry, metrics)]
    faults += [f"{query}: {fault}" for query in sorted(queries) if (fault := parse_fault(query))]
    for link in re.findall(r"\]\(#(\w+)\)", text):
        if link not in {name.lower() for name in entries}:
            faults.append(f"#{link}: no such entry")

    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    if not faults:
        print(f"runbook.md: {len(entries)} entries, {len(queries)} queries")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
