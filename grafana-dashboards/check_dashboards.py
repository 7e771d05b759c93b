"""Checks every dashboard of this folder; prints every fault and exits 1.

A metric exists when the golden exposition of the exporter's own test has it, or a recording rule makes it.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
GOLDEN = ROOT / "exporter/src/test/resources/io/mysqlwire/exporter/collector/golden.txt"
RECORDING = ROOT / "rules/recording.yml"

# In an expression, what stands before `{` is a metric; one without `{` matches neither job nor instance.
SELECTOR = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)\s*\{([^}]*)\}")
OURS = re.compile(r"\b(?:mysql_wire_|jvm_|process_|[a-z_]+:mysql_wire_)[a-zA-Z0-9_:]*(?!\s*\{|[a-zA-Z0-9_:])")
WINDOW = re.compile(r"\[([^\]]*)\]")
# Made by simpleclient_hotspot. No golden file has them, as they differ in every run; PrometheusIT sees that they exist.
RUNTIME = {"jvm_memory_bytes_used", "process_cpu_seconds_total", "process_resident_memory_bytes"}
VARIABLES = {"$__rate_interval": "1m", "$__range": "1h"}


def known_metrics():
    """Names of all samples that there can be."""
    names = RUNTIME | set(re.findall(r"record: (\S+)", RECORDING.read_text()))
    for line in GOLDEN.read_text().splitlines():
        family = re.match(r"# TYPE (\S+) (\S+)", line)
        if family and family[2] in ("histogram", "summary"):
            names |= {family[1] + suffix for suffix in ("_bucket", "_sum", "_count")}
        elif family:
            names.add(family[1])
        elif line and not line.startswith("#"):
            names.add(re.split(r"[{ ]", line, maxsplit=1)[0])
    return names


def panels_of(dashboard):
    """Yields panels, also those inside collapsed rows, but not the rows."""
    for panel in dashboard.get("panels", []):
        if panel.get("type") == "row":
            yield from panels_of(panel)
        else:
            yield panel


def query_faults(expr, metrics):
    for name, matchers in SELECTOR.findall(expr):
        for label in ("job", "instance"):
            if f'{label}=~"${label}"' not in matchers:
                yield f'{name} does not match {label}=~"${label}"'
        if name not in metrics:
            yield f"{name} is neither in the golden exposition nor a recording rule"
    for name in OURS.findall(re.sub(r"\{[^}]*\}", "{}", expr)):
        yield f"{name} has no selector"
    for window in WINDOW.findall(expr):
        if window not in VARIABLES:
            yield f"window [{window}] is neither [$__rate_interval] nor [$__range]"


def panel_faults(panel, metrics):
    for key in ("title", "description"):
        if not panel.get(key):
            yield f"has no {key}"
    if not panel.get("fieldConfig", {}).get("defaults", {}).get("unit"):
        yield "has no unit"
    if not panel.get("targets"):
        yield "has no query"
    for target in panel.get("targets", []):
        for source in (panel.get("datasource"), target.get("datasource")):
            if not isinstance(source, dict) or source.get("uid") != "${datasource}":
                yield "does not use the variable datasource"
        for fault in query_faults(target["expr"], metrics):
            yield f"query {target['refId']}: {fault}"


def variable_faults(variables, text):
    for name in ("datasource", "job", "instance"):
        if name not in variables:
            yield f"has no variable {name}"
    for name, variable in variables.items():
        if name == "datasource":
            continue
        expected = ".*" if name == "user" else ".+"
        if not (variable.get("multi") and variable.get("includeAll") and variable.get("allValue") == expected):
            yield f"variable {name} is not multi with allValue {expected}"
        if f'{name}=~\\"${name}\\"' not in text:
            yield f"variable {name} is not used"
        for narrower in {"job": [], "instance": ["job"]}.get(name, ["job", "instance"]):
            if f'{narrower}=~"${narrower}"' not in variable["query"]["query"]:
                yield f"variable {name} does not match {narrower}"


def overlaps(panels):
    taken = {}
    for panel in panels:
        grid = panel["gridPos"]
        if grid["x"] + grid["w"] > 24:
            yield f"panel '{panel['title']}' is wider than the page"
        for cell in ((x, y) for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])):
            if cell in taken:
                yield f"panel '{panel['title']}' lies over '{taken[cell]}'"
                break
            taken[cell] = panel["title"]


def dashboard_faults(path, metrics):
    text = path.read_text()
    try:
        dashboard = json.loads(text)
    except json.JSONDecodeError as invalid:
        yield f"no valid JSON: {invalid}"
        return
    if dashboard.get("uid") != f"mysql-wire-{path.stem}":
        yield f"uid is not mysql-wire-{path.stem}"
    if not dashboard.get("title", "").startswith("MySQL wire / "):
        yield "title does not start with 'MySQL wire / '"
    if dashboard.get("editable") is not False:
        yield "editable is not false"
    if "mysql-wire-exporter" not in dashboard.get("tags", []):
        yield "has no tag mysql-wire-exporter"
    if dashboard.get("id") is not None:
        yield "id is not null: it belongs to one Grafana"
    ids = [panel["id"] for panel in dashboard["panels"]]
    if len(ids) != len(set(ids)):
        yield "two panels have the same id"
    yield from variable_faults({v["name"]: v for v in dashboard["templating"]["list"]}, text)
    yield from overlaps(dashboard["panels"])
    for panel in panels_of(dashboard):
        for fault in panel_faults(panel, metrics):
            yield f"panel '{panel.get('title')}': {fault}"


def syntax_faults(path):
    """Lets promtool parse the queries, each as a rule."""
    rules = []
    for panel in panels_of(json.loads(path.read_text())):
        for target in panel.get("targets", []):
            expr = target["expr"]
            for variable, value in VARIABLES.items():
                expr = expr.replace(variable, value)
            rules.append({"record": f"panel_{panel['id']}:query", "labels": {"ref": target["refId"]}, "expr": expr})
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        json.dump({"groups": [{"name": path.stem, "rules": rules}]}, file)  # JSON is YAML
        file.flush()
        run = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, check=False)
    if run.returncode:
        yield f"promtool: {run.stdout}{run.stderr}"


def main():
    if not GOLDEN.exists():
        print(f"{GOLDEN.relative_to(ROOT)} is missing: it says which metrics exist", file=sys.stderr)
        return 1
    metrics = known_metrics()
    paths = sorted(HERE.glob("*.json"))
    faults = []
    for path in paths:
        own = list(dashboard_faults(path, metrics))
        faults += [f"{path.name}: {fault}" for fault in own or syntax_faults(path)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not paths:
        print("no dashboard found", file=sys.stderr)
    elif not faults:
        print(f"{len(paths)} dashboards: conventions kept, every query parses, every metric exists")
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
