"""Checks alertmanager.yml: tests/routes.txt by amtool, a line there for every receiver, and alerts by their right names."""

import re
import subprocess
import sys

import yaml

import rule_files

CONFIG = rule_files.HERE / "alertmanager.yml"


def routes_of(route):
    yield route
    for child in route.get("routes", []):
        yield from routes_of(child)


def named_alerts(config, alerts):
    """Pairs of a matcher on alertname and the alerts that it names."""
    rules = config["inhibit_rules"]
    lists = [route.get("matchers", []) for route in routes_of(config["route"])]
    lists += [rule[side] for rule in rules for side in ("source_matchers", "target_matchers")]
    for matcher in (matcher for matchers in lists for matcher in matchers):
        found = re.fullmatch(r'alertname=~?"(.+)"', matcher)
        if found:
            # Each name of an alternative on its own, as one that is wrong would hide behind the others.
            prefix, alternatives, suffix = re.fullmatch(r"([^(]*)(?:\((.*)\))?([^)]*)", found[1]).groups()
            for one in (alternatives or "").split("|"):
                pattern = prefix + one + suffix
                yield pattern, [name for name in alerts if re.fullmatch(pattern, name)]


def main():
    config, alerts = yaml.safe_load(CONFIG.read_text()), rule_files.alerts()
    faults, reached, tested = [], set(), 0
    for line in (rule_files.HERE / "tests/routes.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        receiver, *labels = line.split()
        wanted = dict(label.split("=", 1) for label in labels)
        if wanted["severity"] != alerts.get(wanted["alertname"], {}).get("labels", {}).get("severity"):
            faults.append(f"{line}: no alert of that name and severity")
        command = ["amtool", "config", "routes", "test", f"--config.file={CONFIG}", f"--verify.receivers={receiver}"]
        ran = subprocess.run([*command, *labels], capture_output=True, text=True)
        if ran.returncode:
            faults.append(f"{line}: goes to {ran.stdout.strip()}")
        reached.add(receiver)
        tested += 1

    routes = list(routes_of(config["route"]))
    receivers = [route["receiver"] for route in routes]
    faults += [f"receiver {name} is of more than one route" for name in set(receivers) if receivers.count(name) > 1]
    faults += [f"route to {name} has no test" for name in receivers if name not in reached]
    faults += [f"{pattern}: no such alert" for pattern, names in named_alerts(config, alerts) if not names]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    if not faults:
        print(f"alertmanager.yml: {len(routes)} routes, {tested} alerts go where they should")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
