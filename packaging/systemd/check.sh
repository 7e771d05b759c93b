#!/bin/bash
# check.sh - systemd accepts the units without a word; of `serve` its own judgement of the exposure is 2.5 of 10 at
# most, of `load`, which needs privileges for a second, 6.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")"
program=/usr/bin/mysql-wire-exporter
declare -A most=([mysql-wire-exporter.service]=25 [mysql-wire-exporter-load.service]=60
	[mysql-wire-exporter-servers.service]=25)

# verify wants the program to exist: a stand-in, in copies of the units.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -m 755 /dev/null "$work/program"
for unit in "${!most[@]}"; do
	grep -qE "^ExecStart=($program|/usr/bin/systemctl) " "$unit"
	sed -E "s#^(Exec\w+)=$program #\\1=$work/program #" "$unit" > "$work/$unit"
done
cp ./*.path "$work"
said=$(systemd-analyze verify --man=no "$work"/*.service "$work"/*.path 2>&1) || said="$said (exit status $?)"
if [[ -n $said ]]; then
	echo "$said" >&2
	exit 1
fi
for unit in "${!most[@]}"; do
	systemd-analyze security --offline=yes --threshold="${most[$unit]}" --no-pager "$work/$unit" | tail -n 1
done

# The file of settings is shell-like, and names only variables that the units or the launcher read.
bash -n mysql-wire-exporter.default
