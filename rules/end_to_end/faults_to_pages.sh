#!/bin/bash
# faults_to_pages.sh - breaks real servers in seventeen ways, and says when which alert reached whom; ten minutes.
# Needs what dev.d/build made, and root for the exporter's programs.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")"
PATH=$PATH:$(../../dev.d/prometheus-tools):$(../../dev.d/victoria-tools):$(../../dev.d/mysqld-exporter)
exec python3 -u faults_to_pages.py
