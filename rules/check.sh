#!/usr/bin/env bash
# Checks the rules: syntax, unit tests that cover every rule, and that every alert has what the one who is woken by it
# needs, and goes to the right people. Needs promtool and amtool (Debian packages prometheus and prometheus-alertmanager),
# and python3 with python3-yaml.
set -euo pipefail
cd "$(dirname "$0")"
rule_files=(thresholds.yml recording.yml alerts.yml alerts-servers.yml alerts-health.yml alerts-exporter.yml)

for tool in promtool amtool python3; do
  command -v "$tool" >/dev/null || { echo "rules/check.sh: $tool is not installed" >&2; exit 1; }
done

# A lint fault is a failure; without one promtool says nothing but what it read.
promtool check rules --lint=all --lint-fatal "${rule_files[@]}"
python3 check_texts.py
python3 check_coverage.py
python3 check_runbook.py
amtool check-config alertmanager.yml
python3 check_routes.py
# In two processes: most tests take seconds.
printf '%s\n' tests/*_test.yml | xargs --max-procs=2 --max-args=6 promtool test rules
