#!/bin/bash
# check.sh - haproxy and keepalived accept the example files without a word. Needs both on the PATH
# (dev.d/failover-tools), and root: keepalived looks for its interface, in a network namespace that has one.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")"

haproxy -c -f haproxy.cfg

# keepalived 2.2 ends its test by sending itself SIGTERM, whatever came out of it: what it says counts.
# shellcheck disable=SC2016 # for the shell in there
said=$(unshare --net -- bash -c 'ip link add eth0 type veth
	keepalived --use-file="$PWD/keepalived.conf" --config-test 2>&1 | cat' 2>&1)
if [[ -n $said ]]; then
	echo "$said" >&2
	exit 1
fi
echo "keepalived.conf is accepted"
