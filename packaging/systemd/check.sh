#!/bin/bash
# check.sh - systemd accepts the units without a word; of `serve` its own judgement of the exposure is 2.5 of 10 at
# most, of `load`, which needs privileges for a second, 6.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")"
program=/usr/bin/mysql-wire-exporter
declare -A most=([mysql-wire-exporter.service]=25 [mysql-wire-exporter-load.service]=60)

# verify wants the program to exist: a stand-in, in copies of the units.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -m 755 /dev/null "$work/program"
for unit in "${!most[@]}"; do
	grep -q "^ExecStart=$program " "$unit"
	sed "s|^ExecStart=$program |ExecStart=$work/program |" "$unit" > "$work/$unit"
done
said=$(systemd-analyze verify --man=no "$work"/*.service 2>&1) || said="$said (exit status $?)"
if [[ -n $said ]]; then
	echo "$said" >&2
	exit 1
fi
for unit in "${!most[@]}"; do
	systemd-analyze security --offline=yes --threshold="${most[$unit]}" --no-pager "$work/$unit" | tail -n 1
done

# The file of settings is shell-like, and names only variables that the units or the launcher read.
bash -n mysql-wire-exporter.default
