#!/usr/bin/env bash
# scraped_cost.sh [SERVERS BACKENDS CODES] - how long a real Prometheus takes to evaluate all rules over a fleet of that
# size (200 servers, 50 backends each, 20 error codes each) that it scrapes itself, every 30 s: what rules read in life is
# in memory, and not in blocks as in evaluation_cost.sh. Takes seven minutes and 4 GB of memory.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
servers=${1:-200} backends=${2:-50} codes=${3:-20}
# The windows are full once they have been scraped for so long.
scraped_seconds=${SCRAPED_SECONDS:-330}
port=${PORT:-19090} pages=${PAGES_PORT:-19089}

work=$(mktemp -d)
started=()
finish() {
  local pid
  for pid in "${started[@]}"; do
    kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap finish EXIT

python3 "$here/synthetic_exporters.py" "$pages" "$servers" "$backends" "$codes" &
started+=($!)
{
  echo "global: {evaluation_interval: 30s, scrape_interval: 30s, scrape_timeout: 20s}"
  echo "rule_files: [$here/../thresholds.yml, $here/../recording.yml, '$here/../alerts*.yml']"
  echo "scrape_configs:"
  echo "  - job_name: mysql-wire"
  echo "    static_configs:"
  for ((server = 0; server < servers; server++)); do
    echo "      - targets: ['127.0.0.1:$pages']"
    echo "        labels: {instance: 'db$server:10306', __metrics_path__: '/$server/metrics'}"
  done
} >"$work/prometheus.yml"
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
  --web.listen-address="127.0.0.1:$port" --log.level=warn 2>"$work/log" &
started+=($!)
python3 "$here/rule_times.py" "http://127.0.0.1:$port" "$scraped_seconds" || { cat "$work/log" >&2; exit 1; }
