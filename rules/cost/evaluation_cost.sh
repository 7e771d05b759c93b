#!/usr/bin/env bash
# evaluation_cost.sh [SERVERS BACKENDS CODES] - how long a real Prometheus takes to evaluate all rules over a fleet of
# that size (200 servers, 50 backends each, 20 error codes each), written as blocks by promtool. Needs some minutes, 4 GB of
# memory and 3 GB in TMPDIR. Prints the slowest rules and the sum, as Prometheus itself measured them.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
servers=${1:-200} backends=${2:-50} codes=${3:-20}
# Blocks have to end before Prometheus begins: it takes no samples of its own that are older than a block.
prepare_seconds=${PREPARE_SECONDS:-300}
port=${PORT:-19090}

work=$(mktemp -d)
prometheus=
finish() {
  [[ -z $prometheus ]] || { kill "$prometheus" 2>/dev/null && wait "$prometheus" 2>/dev/null; } || true
  rm -rf "$work"
}
trap finish EXIT

end=$(($(date +%s) + prepare_seconds))
python3 "$here/synthetic_fleet.py" "$end" 330 30 "$servers" "$backends" "$codes" >"$work/fleet.om"
echo "$(grep -c " $end$" "$work/fleet.om") series, $(wc -l <"$work/fleet.om") samples"
promtool tsdb create-blocks-from openmetrics "$work/fleet.om" "$work/tsdb" >/dev/null
rm "$work/fleet.om"
left=$((end - $(date +%s)))
((left >= 0)) || { echo "evaluation_cost.sh: took $((-left)) s longer: PREPARE_SECONDS=$((prepare_seconds - left + 60))" >&2; exit 1; }
sleep "$left"

cat >"$work/prometheus.yml" <<EOF
global: {evaluation_interval: 30s}
rule_files: [$here/../thresholds.yml, $here/../recording.yml, '$here/../alerts*.yml']
EOF
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
  --web.listen-address="127.0.0.1:$port" --log.level=warn 2>"$work/log" &
prometheus=$!
python3 "$here/rule_times.py" "http://127.0.0.1:$port" || { cat "$work/log" >&2; exit 1; }
