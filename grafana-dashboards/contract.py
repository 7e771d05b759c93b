"""What there is to ask for: the metrics of README.md's table and the recording rules, with their labels."""

import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
RECORDING = ROOT / "rules/recording.yml"
README = ROOT / "README.md"

# Made by simpleclient_hotspot and by Prometheus; PrometheusIT sees that they exist.
RUNTIME = {"jvm_memory_bytes_used", "process_cpu_seconds_total", "process_resident_memory_bytes", "up", "ALERTS"}
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}
ROW = re.compile(r"^\| `(mysql_wire_\w+)` \| (\w+) \| ([^|]*)\|", re.MULTILINE)


class Contract:
    """metrics: every name of a sample that there can be; per_backend: those of one series for each backend."""

    def __init__(self):
        rows = ROW.findall(README.read_text())
        if len(rows) < 20:
            raise SystemExit(f"{README.name} has no table of metrics any more: only {len(rows)} rows were found")
        self.metrics = set(RUNTIME)
        self.per_backend = set()
        for family, kind, labels in rows:
            names = {family + suffix for suffix in SUFFIXES[kind]}
            self.metrics |= names
            if "K" in re.split(r"[,\s]+", labels):
                self.per_backend |= names
        self.metrics |= set(re.findall(r"record: (\S+)", RECORDING.read_text()))
