"""Checks that names and texts of the rules are what those who are woken need; prints every fault and exits 1."""

import re
import sys

import rule_files

PREFIX = "MysqlWire"
SEVERITIES = {"critical", "warning", "info"}
RUNBOOK = "https://runbooks.example.com/mysql-wire/runbook.md#"
DASHBOARD = "https://grafana.example.com/d/mysql-wire-"


def alert_faults(name, rule):
    annotations = rule.get("annotations", {})
    if not re.fullmatch(PREFIX + "[A-Z][A-Za-z0-9]+", name):
        yield f"name is not CamelCase with the prefix {PREFIX}"
    if rule.get("labels", {}).get("severity") not in SEVERITIES:
        yield f"severity is not one of {', '.join(sorted(SEVERITIES))}"
    if "$value" in str(rule.get("labels")):
        yield "$value in a label makes every value an alert of its own"
    summary = annotations.get("summary", "")
    if "{{" in summary or not summary.endswith("."):
        yield "summary is not a static sentence"
    description = annotations.get("description", "")
    if "{{" not in description:
        yield "description is not templated"
    if "$value" in description and not re.search(r"humanize|printf \"%", description):
        yield "description shows $value as it comes"
    if re.search(r"\b(topk|bottomk)\b", rule["expr"]):
        yield "topk lets series, and so alerts, come and go"
    if annotations.get("runbook_url") != RUNBOOK + name.lower():
        yield f"runbook_url is not {RUNBOOK}{name.lower()}"
    dashboard = annotations.get("dashboard_url", "")
    if not dashboard.startswith(DASHBOARD):
        yield f"dashboard_url does not start with {DASHBOARD}"
    for variable, label in re.findall(r"var-(\w+)=([^&]*)", dashboard):
        if label != "{{ $labels.%s | urlquery }}" % variable:
            yield f"dashboard_url does not fill in {variable}"


def record_faults(name, rule, text):
    if not re.fullmatch(r"[a-z_]+:mysql_wire_[a-z_]+:[a-z0-9_]+", name):
        yield "name is not level:metric:operations"
    if not re.search(rf"^ *#.*\n *- record: {re.escape(name)}$", text, re.MULTILINE):
        yield "no line of meaning above it"
    if re.search(r"\bby\s*\(", rule["expr"]):
        yield "aggregates with `by`; `without` keeps the labels that users add"


def main():
    known, alerts = rule_files.records(), rule_files.alerts()
    text = "\n".join((rule_files.HERE / name).read_text() for name in rule_files.RECORDS)
    faults = [f"alert {name}: {fault}" for name, rule in alerts.items() for fault in alert_faults(name, rule)]
    faults += [f"record {name}: {fault}" for name, rule in known.items() for fault in record_faults(name, rule, text)]

    expressions = " ".join(rule["expr"] for rule in [*known.values(), *alerts.values()])
    for name in re.findall(r"\b[a-z_]+:mysql_wire_[a-z_]+:[a-z0-9_]+", expressions):
        if name not in known:
            faults.append(f"{name} is read, and no rule makes it")
    thresholds = [name for name in known if name.startswith("threshold:")]
    faults += [f"{name} is read by no alert" for name in thresholds if name not in expressions]
    missing = alerts["MysqlWireThresholdsMissing"]
    if f"< {len(thresholds)}\n" not in missing["expr"] or f"the {len(thresholds)} " not in str(missing["annotations"]):
        faults.append(f"MysqlWireThresholdsMissing does not know that there are {len(thresholds)} thresholds")

    print("\n".join(sorted(set(faults))), file=sys.stderr, end="\n" if faults else "")
    if not faults:
        print(f"{len(alerts)} alerts, {len(known)} recording rules: names and texts are complete")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
