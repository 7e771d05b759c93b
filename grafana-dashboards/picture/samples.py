"""Makes samples in OpenMetrics, for promtool, of pages that exporters gave: samples.py FOLDER > samples.om

A page is a file HOST-MILLISECONDS.txt, as RecordedFleet writes them. Series get the labels that Prometheus would give
them, and the families of the Java runtime that no dashboard asks for are left out.
"""

import collections
import pathlib
import re
import sys

SAMPLE = re.compile(r"^(\w+)(?:\{(.*?),?\})? (\S+)$")
WANTED = re.compile(r"mysql_wire_|jvm_memory_bytes_used$|process_cpu_seconds_total$|process_resident_memory_bytes$")
# What else ran on the machine is not of the fleet.
OWN = re.compile(r'^(?!.*server="(?!127\.0\.0\.1:3306"))')


def main(folder):
    series = collections.defaultdict(list)
    for page in sorted(pathlib.Path(folder).glob("*-*.txt")):
        host, milliseconds = page.stem.split("-")
        target = f'job="mysql-wire",instance="{host}.example:10306"'
        at = f"{int(milliseconds) / 1000:.3f}"
        series[f"up{{{target}}}"].append(f"1 {at}")
        for line in page.read_text().splitlines():
            sample = SAMPLE.match(line)
            if sample and WANTED.match(sample[1]) and OWN.search(sample[2] or ""):
                labels = f"{sample[2]},{target}" if sample[2] else target
                series[f"{sample[1]}{{{labels}}}"].append(f"{float(sample[3])!r} {at}".replace(".0 ", " "))
    for name in sorted(series):
        for sample in series[name]:
            print(name, sample)
    print("# EOF")


if __name__ == "__main__":
    main(sys.argv[1])
