"""Checks every dashboard of this folder; prints every fault and exits 1."""

import json
import re
import subprocess
import sys
import tempfile

from check_queries import WINDOWS, query_faults, variables_of
from contract import HERE, Contract

LINK = re.compile(r"/d/([\w-]+)")
TEXT = "string"  # the unit that leaves text alone


def panels_of(dashboard):
    """Yields panels, also those inside collapsed rows, but not the rows."""
    for panel in dashboard.get("panels", []):
        if panel.get("type") == "row":
            yield from panels_of(panel)
        else:
            yield panel


def table_faults(panel):
    """A number's unit on the whole table formats its text, too; a column without width can push others out of sight."""
    if panel["fieldConfig"]["defaults"].get("unit") != TEXT:
        yield f"has another unit than {TEXT} for all columns: it turns error code 1062 into 1.06 K"
    shown = next((t["options"]["include"]["names"] for t in panel["transformations"] if t["id"] == "filterFieldsByName"), [])
    renamed = {}
    for transformation in panel["transformations"]:
        renamed |= transformation["options"].get("renameByName", {})
    properties = {o["matcher"]["options"]: {p["id"]: p["value"] for p in o["properties"]} for o in panel["fieldConfig"]["overrides"]}
    for field in shown:
        own = properties.get(renamed.get(field, field), {})
        if field.startswith("Value") and not own.get("unit"):
            yield f"column {field} has no unit of its own"
        if len(shown) > 1 and not own.get("custom.width", own.get("custom.minWidth")):
            yield f"column {field} has no width"
    if not shown:
        yield "does not say which columns it shows"


def panel_faults(panel, contract, single):
    for key in ("title", "description"):
        if not panel.get(key):
            yield f"has no {key}"
    if not panel.get("fieldConfig", {}).get("defaults", {}).get("unit"):
        yield "has no unit"
    if not panel.get("targets"):
        yield "has no query"
    if panel["type"] == "table":
        yield from table_faults(panel)
    for target in panel.get("targets", []):
        for source in (panel.get("datasource"), target.get("datasource")):
            if not isinstance(source, dict) or source.get("uid") != "${datasource}":
                yield "does not use the variable datasource"
        for fault in query_faults(target["expr"], contract, single):
            yield f"query {target['refId']}: {fault}"


def variable_faults(variables, text, contract):
    for name in ("datasource", "job", "instance"):
        if name not in variables:
            yield f"has no variable {name}"
    for name in sorted(variables_of(text) - set(variables)):
        yield f"uses ${name}, which is no variable of it"
    before = set()
    for name, variable in variables.items():
        if name != "datasource":
            single = {n for n in before if not variables[n].get("multi")}
            if variable.get("multi") and not (variable.get("includeAll") and variable.get("allValue") == ".+"):
                yield f"variable {name} is multi without allValue .+"
            if f'{name}={"~" if variable.get("multi") else ""}\\"${name}\\"' not in text:
                yield f"variable {name} is not used"
            for fault in query_faults(narrowed(variable["query"]["query"], before), contract, single):
                yield f"variable {name}: {fault}"
        before.add(name)


def narrowed(query, before):
    """The series of label_values, with the matchers it can't have yet: the variables that come after."""
    series = re.match(r"label_values\((.*), \w+\)$", query)[1]
    missing = ",".join(f'{label}=~"${label}"' for label in ("job", "instance") if label not in before)
    if "{" not in series:
        return f"{series}{{{missing}}}"
    return series.replace("{", "{" + missing + ("," if missing else ""), 1)


def overlaps(panels):
    taken = {}
    for panel in panels:
        grid = panel["gridPos"]
        if grid["x"] + grid["w"] > 24:
            yield f"panel '{panel.get('title')}' is wider than the page"
        for cell in ((x, y) for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])):
            if cell in taken:
                yield f"panel '{panel.get('title')}' lies over '{taken[cell]}'"
                break
            taken[cell] = panel.get("title")


def dashboard_faults(stem, dashboard, contract, uids):
    text = json.dumps(dashboard)
    if dashboard.get("uid") != f"mysql-wire-{stem}":
        yield f"uid is not mysql-wire-{stem}"
    if not dashboard.get("title", "").startswith("MySQL wire / "):
        yield "title does not start with 'MySQL wire / '"
    if not dashboard.get("description"):
        yield "has no description"
    if dashboard.get("editable") is not False:
        yield "editable is not false"
    if "mysql-wire-exporter" not in dashboard.get("tags", []):
        yield "has no tag mysql-wire-exporter"
    if dashboard.get("id") is not None:
        yield "id is not null: it belongs to one Grafana"
    ids = [panel["id"] for panel in dashboard["panels"]]
    if len(ids) != len(set(ids)):
        yield "two panels have the same id"
    for uid in sorted(set(LINK.findall(text)) - set(uids)):
        yield f"links to {uid}, which is no dashboard here"
    variables = {v["name"]: v for v in dashboard["templating"]["list"]}
    single = frozenset(name for name, v in variables.items() if name != "datasource" and not v.get("multi"))
    yield from variable_faults(variables, text, contract)
    yield from overlaps(dashboard["panels"])
    for annotation in dashboard["annotations"]["list"]:
        for fault in query_faults(annotation.get("expr", ""), contract, single):
            yield f"annotation {annotation['name']}: {fault}"
    for panel in panels_of(dashboard):
        for fault in panel_faults(panel, contract, single):
            yield f"panel '{panel.get('title')}': {fault}"


def syntax_faults(stem, dashboard):
    """Lets promtool parse the queries, each as a rule."""
    rules = []
    for panel in panels_of(dashboard):
        for target in panel.get("targets", []):
            expr = target["expr"]
            for variable, value in WINDOWS.items():
                expr = expr.replace(variable, value)
            rules.append({"record": f"panel_{panel['id']}:query", "labels": {"ref": target["refId"]}, "expr": expr})
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        json.dump({"groups": [{"name": stem, "rules": rules}]}, file)  # JSON is YAML
        file.flush()
        run = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, check=False)
    if run.returncode:
        yield f"promtool: {run.stdout}{run.stderr}"


def read(paths):
    return {path.stem: json.loads(path.read_text()) for path in paths}


def main():
    contract = Contract()
    dashboards = read(sorted(HERE.glob("*.json")))
    uids = [dashboard.get("uid") for dashboard in dashboards.values()]
    faults = [f"two dashboards have the uid {uid}" for uid in sorted({uid for uid in uids if uids.count(uid) > 1})]
    for stem, dashboard in dashboards.items():
        own = list(dashboard_faults(stem, dashboard, contract, uids))
        faults += [f"{stem}.json: {fault}" for fault in own or syntax_faults(stem, dashboard)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not dashboards:
        print("no dashboard found", file=sys.stderr)
    elif not faults:
        print(f"{len(dashboards)} dashboards: conventions kept, every query parses, every metric exists")
    return 1 if faults or not dashboards else 0


if __name__ == "__main__":
    sys.exit(main())
