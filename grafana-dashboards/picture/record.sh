#!/bin/bash
# record.sh [FLAG...] - records two exporters and two servers in trouble for eleven minutes, as the samples of the
# pictures: samples.om.xz. FLAGs go to the exporters; --probe turns the health probes on, where there are some.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
dev.d/build
pages=$(mktemp -d)
was=$(sysctl -n kernel.bpf_stats_enabled)
trap 'sysctl -q -w kernel.bpf_stats_enabled="$was"; rm -rf "$pages"' EXIT
sysctl -q -w kernel.bpf_stats_enabled=1
java -cp "exporter/target/test-classes:exporter/target/classes:$(< exporter/target/test-classpath.txt)" \
	io.mysqlwire.demo.RecordedFleet "$pages" 132 "$@"
python3 -B grafana-dashboards/picture/samples.py "$pages" | xz -9 > grafana-dashboards/picture/samples.om.xz
