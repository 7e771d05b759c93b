#!/usr/bin/env bash
# Checks the rules: syntax, unit tests, and that every alert has what the one who is woken by it needs.
# Needs promtool (Debian package prometheus) and python3, nothing but its standard library.
set -euo pipefail
cd "$(dirname "$0")"

for tool in promtool python3; do
  command -v "$tool" >/dev/null || { echo "rules/check.sh: $tool is not installed" >&2; exit 1; }
done

promtool check rules ./*.yml
promtool test rules tests/*_test.yml
python3 check_alerts.py
