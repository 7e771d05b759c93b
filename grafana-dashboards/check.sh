#!/usr/bin/env bash
# Checks the dashboards: valid JSON, our conventions, queries that Prometheus can parse, metrics that exist.
# Needs python3, nothing but its standard library, and promtool (Debian package prometheus).
set -euo pipefail
cd "$(dirname "$0")"

for tool in promtool python3; do
  command -v "$tool" >/dev/null || { echo "grafana-dashboards/check.sh: $tool is not installed" >&2; exit 1; }
done

python3 check_dashboards.py
