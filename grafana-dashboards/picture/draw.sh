#!/bin/bash
# draw.sh [--check] - draws every dashboard with Grafana's own components on recorded samples, into pictures/, and checks
# what each panel says at 1600 and 1280 pixels. With --check nothing is written.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")"
export PATH=$PATH:$(../../dev.d/prometheus-tools)
: "${CHROMIUM:=$(command -v chromium-headless-shell || command -v chromium)}"
export CHROMIUM

# The packages take 335 MB and a minute: once for each list of versions, not once for each checkout.
packages=${XDG_CACHE_HOME:-$HOME/.cache}/mysql-wire-exporter/dashboard-picture-$(cat package-lock.json .npmrc stub/* | sha256sum | cut -c1-16)
if [[ ! -d $packages ]]; then
	work=$(mktemp -d "$packages.XXXXXX")
	cp -r .npmrc package.json package-lock.json stub "$work"
	(cd "$work" && npm ci --no-progress > npm.log 2>&1) || { cat "$work/npm.log" >&2 && rm -rf "$work" && exit 1; }
	mv -T "$work" "$packages" 2> /dev/null || rm -rf "$work"
fi
ln -sfn "$packages/node_modules" node_modules

work=$(mktemp -d)
server=
# shellcheck disable=SC2317 # called by the trap
finish() {
	end_prometheus
	rm -rf "$work"
}
end_prometheus() {
	[[ -n $server ]] || return 0
	kill "$server" 2> /dev/null || true
	wait "$server" 2> /dev/null || true
	server=
}
trap finish EXIT

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
start_prometheus() {
	prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" --storage.tsdb.retention.time=100y \
		--web.listen-address="127.0.0.1:$port" 2> "$work/log" &
	server=$!
	for _ in {1..600}; do
		if curl -sf "$url/-/ready" > /dev/null; then return; fi
		kill -0 "$server" 2> /dev/null || break
		sleep 0.05
	done
	cat "$work/log" >&2
	exit 1
}

node --test --test-reporter=dot expected_test.mjs > "$work/log" || { cat "$work/log" >&2 && exit 1; }
node build.mjs "$work/site" &
build=$!
echo 'global: {}' > "$work/prometheus.yml"
xz -dc samples.om.xz > "$work/samples.om"
read -r from to < <(awk '$NF + 0 > 1e9 { if (!from || $NF < from) from = $NF; if ($NF > to) to = $NF } END { printf "%d %d\n", from, to }' "$work/samples.om")
promtool tsdb create-blocks-from openmetrics "$work/samples.om" "$work/tsdb" > "$work/log"
# Twice, because a rule can use what another has recorded.
for _ in 1 2; do
	start_prometheus
	promtool tsdb create-blocks-from rules --start="$from" --end="$to" --eval-interval=15s --url="$url" \
		--output-dir="$work/tsdb" ../../rules/recording.yml > "$work/rules.log" 2>&1 || { cat "$work/rules.log" >&2 && exit 1; }
	end_prometheus
done
start_prometheus
wait "$build"
node draw.mjs "$work/site" "$url" "$from" "$to" "$@"
