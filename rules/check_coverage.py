"""Checks that tests/ covers every rule: silent, firing and recovering, and counter resets; prints what is missing.

A counter reset is a series of a test whose values fall although its name is that of a counter.
"""

import re
import sys

import rule_files

COUNTER = re.compile(r"\w+_(?:total|count|sum|bucket)\{")
PART = re.compile(r"(-?[\d.]+|_)(?:([+-][\d.]+))?(?:x(\d+))?")


def values(notation):
    """The samples that promtool makes of `1+2x3 _x4`; None where there is none."""
    for part in notation.split():
        first, step, times = PART.fullmatch(part).groups()
        for i in range(int(times or 0) + 1 if first != "_" else int(times or 1)):
            yield None if first == "_" else float(first) + float(step or 0) * i


def has_reset(case):
    for series in case["input_series"]:
        if COUNTER.match(series["series"]):
            present = [value for value in values(str(series["values"])) if value is not None]
            if any(after < before for before, after in zip(present, present[1:])):
                return True
    return False


def minutes(text):
    return sum(int(n) * {"s": 1 / 60, "m": 1, "h": 60, "d": 1440}[unit] for n, unit in re.findall(r"(\d+)([smhd])", text))


def course(case, alert):
    """What the alert does in a case, as letters: F where it fires, s where it is silent."""
    looks = [look for look in case.get("alert_rule_test", []) if look["alertname"] == alert]
    looks.sort(key=lambda look: minutes(look["eval_time"]))
    return "".join("F" if look.get("exp_alerts") else "s" for look in looks)


def alert_faults(name, rule, cases, known):
    courses = {course(case, name): case for case in cases}
    if not any(one and "F" not in one for one in courses):
        yield "no test in which it stays silent"
    if not any("sF" in one for one in courses):
        yield "no test in which it is silent and then fires"
    if not any("Fs" in one for one in courses):
        yield "no test in which it fires and then recovers"
    if rule_files.reads_counters(rule["expr"], known):
        if not any(course(case, name) and has_reset(case) for case in cases):
            yield "no test with a counter reset"


def record_faults(name, rule, cases, known):
    of_it = [case for case in cases if any(name in str(look["expr"]) for look in case.get("promql_expr_test", []))]
    if not any(f"'labels': '{name}{{" in str(case) for case in of_it):
        yield "no test gives its value"
    if rule_files.reads_counters(rule["expr"], known) and not any(has_reset(case) for case in of_it):
        yield "no test with a counter reset"


def main():
    known, alerts, cases = rule_files.records(), rule_files.alerts(), list(rule_files.test_cases())
    faults = [f"alert {name}: {f}" for name, rule in alerts.items() for f in alert_faults(name, rule, cases, known)]
    faults += [f"record {name}: {f}" for name, rule in known.items() for f in record_faults(name, rule, cases, known)]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    if not faults:
        print(f"{len(alerts)} alerts, {len(known)} recording rules: {len(cases)} tests cover them")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
