"""Checks alerts.yml, recording.yml, runbook.md and tests/ against each other; prints every fault and exits 1.

Reads the rules line by line, in the layout that these files keep, so that it needs no YAML library.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
PREFIX = "MysqlWire"
SEVERITIES = {"critical", "warning", "info"}


def blocks(text, kind):
    """Yields (name, lines of the rule, line above it) for each `- kind: name`."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        found = re.fullmatch(rf"( *)- {kind}: (\S+)", line)
        if not found:
            continue
        end = start + 1
        while end < len(lines) and not re.match(rf" {{0,{len(found[1])}}}[^ ]", lines[end]):
            end += 1
        yield found[2], "\n".join(lines[start:end]), lines[start - 1]


def field(rule, name):
    """Returns the value of a field, folded into one line; None when it is not there."""
    found = re.search(rf"^( *){name}:[ ]*([>|]-?)?(.*(?:\n\1 +.*|\n$)*)", rule, re.MULTILINE)
    return " ".join(found[3].split()) if found else None


def anchor(heading):
    """The fragment that Markdown renderers give a heading of letters and digits."""
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def alert_faults(name, rule, headings, tests):
    if not re.fullmatch(PREFIX + "[A-Z][A-Za-z0-9]+", name):
        yield f"name is not CamelCase with the prefix {PREFIX}"
    severity = field(rule, "severity")
    if severity not in SEVERITIES:
        yield f"severity is {severity}, not one of {', '.join(sorted(SEVERITIES))}"
    summary = field(rule, "summary")
    if not summary or "{{" in summary or not summary.endswith("."):
        yield "summary is not a static sentence"
    description = field(rule, "description")
    if not description or "{{" not in description:
        yield "description is not templated"
    elif "$value" in description and "humanize" not in description:
        yield "description shows $value without humanize"
    labels = re.search(r"labels:(.*?)annotations:", rule, re.DOTALL)
    if labels and "$value" in labels[1]:
        yield "$value in a label makes every value an alert of its own"
    if re.search(r"\b(topk|bottomk)\b", field(rule, "expr") or ""):
        yield "topk lets series, and so alerts, come and go"
    url = field(rule, "runbook_url")
    if not url or not url.startswith("https://"):
        yield "runbook_url is missing"
    elif url.rpartition("#")[2] != anchor(name):
        yield f"runbook_url does not end in #{anchor(name)}"
    if name not in headings:
        yield f"runbook.md has no heading '## {name}'"
    if not re.search(rf"alertname: {name}\n *exp_alerts:", tests):
        yield "no test where it fires"
    if not re.search(rf"alertname: {name}(\n(?! *exp_alerts:)|$)", tests):
        yield "no test where it is silent"


def record_faults(name, rule, above, tests):
    if not re.fullmatch(r"[a-z_]+:mysql_wire_[a-z_]+:[a-z0-9_]+", name):
        yield "name is not level:metric:operations"
    if not above.strip().startswith("#"):
        yield "no line of meaning above it"
    if re.search(r"\bby\s*\(", rule):
        yield "aggregates with `by`; `without` keeps the labels that users add"
    if f"labels: {name}{{" not in tests:
        yield "no test gives its value"


def main():
    alerts = (HERE / "alerts.yml").read_text()
    records = (HERE / "recording.yml").read_text()
    headings = re.findall(r"^## (.+)$", (HERE / "runbook.md").read_text(), re.MULTILINE)
    tests = "\n".join(path.read_text() for path in sorted((HERE / "tests").glob("*_test.yml")))

    faults = []
    names = []
    for name, rule, _ in blocks(alerts, "alert"):
        names.append(name)
        faults += [f"alert {name}: {fault}" for fault in alert_faults(name, rule, headings, tests)]
    for name, rule, above in blocks(records, "record"):
        names.append(name)
        faults += [f"record {name}: {fault}" for fault in record_faults(name, rule, above, tests)]
    faults += [f"runbook.md: no alert is called {h}" for h in headings if h.startswith(PREFIX) and h not in names]
    if len({url.rpartition("#")[0] for url in re.findall(r"runbook_url: (\S+#\S+)", alerts)}) != 1:
        faults.append("alerts.yml: the runbook_urls differ before the #")
    if len(names) != len(re.findall(r"^ *(?:- )?expr:", alerts + records, re.MULTILINE)):
        faults.append("this check did not see every rule: keep `- alert: NAME` and `- record: NAME` on a line of their own")

    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{len(names)} rules: names, texts, runbook and tests are complete")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
