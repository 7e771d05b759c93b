"""rule_times.py URL [SECONDS]: how long a Prometheus took to evaluate each group of rules, the last time.

Waits for SECONDS first, until the windows of the rules are full, and then until each group was evaluated twice.
"""

import json
import sys
import time
import urllib.error
import urllib.request

WAIT_SECONDS = 240


def groups_of(url):
    try:
        with urllib.request.urlopen(f"{url}/api/v1/rules", timeout=30) as answer:
            return json.load(answer)["data"]["groups"]
    except (urllib.error.URLError, TimeoutError):
        return []


def main():
    url = sys.argv[1]
    time.sleep(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    deadline = time.monotonic() + WAIT_SECONDS
    first = {}
    while True:
        groups = groups_of(url)
        for group in groups:
            seen = group["lastEvaluation"]
            if not seen.startswith("0001"):
                first.setdefault(group["name"], seen)
        if groups and all(first.get(g["name"], g["lastEvaluation"]) != g["lastEvaluation"] for g in groups):
            break
        if time.monotonic() > deadline:
            print("rules were not evaluated twice", file=sys.stderr)
            return 1
        time.sleep(1)

    rules = [rule for group in groups for rule in group["rules"]]
    for rule in sorted(rules, key=lambda rule: -rule["evaluationTime"])[:12]:
        print(f"{rule['evaluationTime']:8.3f} s  {rule['name']}")
    for group in groups:
        print(f"{group['evaluationTime']:8.3f} s  group {group['name']}, every {group['interval']} s")
    print(f"{sum(group['evaluationTime'] for group in groups):8.3f} s  all {len(rules)} rules")
    bad = [f"{rule['name']}: {rule['lastError']}" for rule in rules if rule["health"] != "ok"]
    print("\n".join(bad), file=sys.stderr, end="\n" if bad else "")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
