"""The rule files of this folder, and the tests of them, as the checks read them."""

import pathlib
import re

import yaml

HERE = pathlib.Path(__file__).resolve().parent
RECORDS = ["thresholds.yml", "recording.yml"]
ALERTS = ["alerts.yml", "alerts-servers.yml", "alerts-health.yml", "alerts-exporter.yml"]
COUNTER = re.compile(r"\b(?:rate|increase|resets)\s*\(")


def rules_of(names):
    """All rules of these files, in order."""
    for name in names:
        for group in yaml.safe_load((HERE / name).read_text())["groups"]:
            yield from group["rules"]


def records():
    return {rule["record"]: rule for rule in rules_of(RECORDS)}


def alerts():
    return {rule["alert"]: rule for rule in rules_of(ALERTS)}


def test_cases():
    """All test cases of tests/, in the form of promtool."""
    for path in sorted((HERE / "tests").glob("*_test.yml")):
        yield from yaml.safe_load(path.read_text())["tests"]


def reads_counters(expr, known):
    """Whether an expression depends on counters, by itself or by what the records in it read."""
    return bool(COUNTER.search(expr)) or any(
        reads_counters(rule["expr"], known) for name, rule in known.items() if name in expr and rule["expr"] != expr
    )
