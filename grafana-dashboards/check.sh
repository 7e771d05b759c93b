#!/usr/bin/env bash
# Checks the dashboards: made from their source, our conventions, queries that Prometheus can parse, metrics that exist,
# the join with pods; then what each panel says on recorded samples. Needs python3, nothing but its standard library,
# promtool and prometheus (Debian package prometheus), and for the last part what picture/draw.sh needs.
set -euo pipefail
cd "$(dirname "$0")"

for tool in promtool python3; do
  command -v "$tool" >/dev/null || { echo "grafana-dashboards/check.sh: $tool is not installed" >&2; exit 1; }
done

python3 -B make.py --check
python3 -B check_dashboards.py
python3 -B -m unittest -q check_test
promtool test rules tests/*_test.yml
python3 -B picture/licences.py --check
picture/draw.sh --check
