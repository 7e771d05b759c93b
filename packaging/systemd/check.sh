#!/bin/bash
# check.sh - systemd accepts the unit without a word, and systemd's own judgement of its exposure is "OK".
set -euo pipefail
cd "$(dirname "$(realpath "$0")")"
unit=mysql-wire-exporter.service
program=/usr/bin/mysql-wire-exporter

# verify wants the program to exist: a stand-in, in a copy of the unit.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -m 755 /dev/null "$work/program"
grep -q "^ExecStart=$program " "$unit"
sed "s|^ExecStart=$program |ExecStart=$work/program |" "$unit" > "$work/$unit"

said=$(systemd-analyze verify --man=no "$work/$unit" 2>&1) || said="$said (exit status $?)"
if [[ -n $said ]]; then
	echo "$said" >&2
	exit 1
fi
systemd-analyze security --offline=yes --threshold=50 --no-pager "$work/$unit" | tail -n 1

# The file of settings is shell-like, and names only variables that the unit or the JVM reads.
bash -n mysql-wire-exporter.default
