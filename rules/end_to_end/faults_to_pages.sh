#!/bin/bash
# faults_to_pages.sh - breaks a real server in several ways, and says when which alert reached whom; six to ten minutes.
# Needs what dev.d/build made, root for the exporter's programs, and port 10306.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")"
PATH=$PATH:$(../../dev.d/prometheus-tools):$(../../dev.d/victoria-tools)
exec python3 -u faults_to_pages.py
