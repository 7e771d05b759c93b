"""The demo with Prometheus, Alertmanager and the shipped rules, and faults to choose from. Started by dev.d/demo."""

import argparse
import json
import os
import pathlib
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(CHECKOUT / "rules/end_to_end"))

import receiver  # noqa: E402
import stack  # noqa: E402
from faults import FAULTS, TIED, Server  # noqa: E402

EXPORTER = "127.0.0.1:10306"
UNDONE_AFTER = 300


class Demo(stack.Stack):
    """The programs; what starts them and ends them is the end-to-end test's."""

    def __init__(self, directory):  # pylint: disable=super-init-not-called
        self.directory = pathlib.Path(directory)
        self.processes = []
        self.prometheus, self.alertmanager = stack.free_port(), stack.free_port()

    def begin(self, seconds):
        hook = f"http://127.0.0.1:{receiver.start()}/"
        routes = re.sub(r"https://(pager|tickets)\.example\.com/", hook, (stack.RULES / "alertmanager.yml").read_text())
        self.start(*TIED, *stack.with_templates(), f"--config.file={self.file('alertmanager.yml', routes)}",
                   f"--storage.path={self.directory}/alertmanager", "--cluster.listen-address=",
                   f"--web.listen-address=127.0.0.1:{self.alertmanager}")
        self.start(*TIED, "prometheus", f"--config.file={self.file('prometheus.yml', self.configuration())}",
                   f"--storage.tsdb.path={self.directory}/prometheus", f"--web.listen-address=127.0.0.1:{self.prometheus}")
        target = CHECKOUT / "exporter/target"
        jars = (target / "test-classpath.txt").read_text().strip()
        demo = self.start(*TIED, "java", "-cp", f"{target}/test-classes:{target}/classes:{jars}",
                          "io.mysqlwire.demo.Demo", "--probed", "--seconds", str(seconds + 600))
        stack.await_true("the demo serves", 300, lambda: self.port(demo))
        port = self.port(demo)
        return Server(port, server_pid(demo.pid, port))

    def configuration(self):
        # Nobody waits five minutes for an old command here: a copy of the thresholds, as anybody would make one.
        text = (stack.RULES / "thresholds.yml").read_text().replace("vector(300)", "vector(20)")
        rules = [self.file("thresholds.yml", text), *(stack.RULES / name for name in ("recording.yml", *self.alert_files()))]
        return json.dumps({
            "global": {"scrape_interval": "5s", "scrape_timeout": "4s", "evaluation_interval": "5s"},
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{self.alertmanager}"]}]}]},
            "rule_files": [str(rule) for rule in rules],
            "scrape_configs": [{"job_name": "mysql-wire", "static_configs": [{"targets": [EXPORTER]}]}]})

    def port(self, demo):
        if demo.poll() is not None:
            raise SystemExit("demo: " + self.said())
        with urllib.request.urlopen(f"http://{EXPORTER}/metrics", timeout=10) as answer:
            found = re.search(r'mysql_wire_responses_total\{server="127\.0\.0\.1:(\d+)"', answer.read().decode())
        return found and int(found[1])

    def said(self):
        return "".join(path.read_text()[-2000:] for path in sorted(self.directory.glob("2-*.log")))


def server_pid(parent, port):
    """The demo's child that is the server."""
    children = " ".join(path.read_text() for path in pathlib.Path(f"/proc/{parent}/task").glob("*/children"))
    for pid in children.split():
        if f"--port={port}" in pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0"):
            return int(pid)
    raise SystemExit("demo: the server's process is not there")


class Breaker:
    """Breaks one thing at a time."""

    def __init__(self, server):
        self.server, self.name, self.since = server, None, 0

    def begin(self, name):
        self.undo()
        print(f"{time.strftime('%H:%M:%S')}  fault {name}: {FAULTS[name][0]}. `undo` ends it, else {UNDONE_AFTER} s do.", flush=True)
        self.name, self.since = name, time.monotonic()
        FAULTS[name][1](self.server)

    def undo(self):
        if self.name:
            name, self.name = self.name, None
            FAULTS[name][2](self.server)
            print(f"{time.strftime('%H:%M:%S')}  undone: {name}", flush=True)

    def tick(self):
        if self.name and time.monotonic() - self.since > UNDONE_AFTER:
            self.undo()

    def obey(self, word):
        """False when it is over."""
        try:
            if word == "undo":
                self.undo()
            elif word in FAULTS:
                self.begin(word)
            elif word not in ("quit", "exit"):
                print(faults_text())
        except (OSError, subprocess.SubprocessError) as e:
            print(f"that failed: {e}")
        return word not in ("quit", "exit")


def faults_text():
    names = "\n".join(f"  {name:15} {what}" for name, (what, *_) in FAULTS.items())
    return f"faults:\n{names}\n\nat the prompt: the name of a fault, undo, or quit"


def where(demo):
    return f"""
  status page    http://{EXPORTER}/
  verdict        http://{EXPORTER}/health
  alerts         http://127.0.0.1:{demo.prometheus}/alerts
  Alertmanager   http://127.0.0.1:{demo.alertmanager}/

Scraped every 5 s, for the demo; 15 s are usual. A notification is a line here: pages first wait 15 s for their group,
and that an alert is resolved comes up to two minutes later, as in rules/alertmanager.yml.
"""


def watch(breaker, seconds):
    terminal = sys.stdin.isatty()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        breaker.tick()
        ready, _, _ = select.select([sys.stdin] if terminal else [], [], [], min(1, max(0, end - time.monotonic())))
        if ready:
            word = sys.stdin.readline()
            if not word or not breaker.obey(word.strip()):
                return


def stop(*_):
    # Once: what ends the programs is not to be interrupted.
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0)


def main():
    parser = argparse.ArgumentParser(prog="./dev demo --stack", epilog=faults_text(), allow_abbrev=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=1800, help="ends after so long (default: 1800)")
    parser.add_argument("--fault", choices=FAULTS, metavar="NAME", help="begins with this fault")
    options = parser.parse_args()
    if options.seconds < 1:
        parser.error("--seconds takes a number from 1 on")
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, stop)
    with tempfile.TemporaryDirectory(prefix="mysql-wire-demo-") as directory:
        demo, server = Demo(directory), None
        try:
            print("Starting MariaDB, the exporter, Prometheus and Alertmanager (about 20 s) …", flush=True)
            server = demo.begin(options.seconds)
            breaker = Breaker(server)
            print(where(demo) + "\n" + faults_text() + "\n", flush=True)
            stack.await_true("Prometheus knows a healthy server", 90, lambda: stack.fetch(
                f"http://127.0.0.1:{demo.prometheus}/api/v1/query?query=mysql_wire_healthy==1")["data"]["result"])
            print("The server is healthy.", flush=True)
            if options.fault:
                breaker.begin(options.fault)
            watch(breaker, options.seconds)
        finally:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            end(demo, server)


def end(demo, server):
    if server:
        try:
            # One that stands still does not hear that it is to end.
            os.kill(server.pid, signal.SIGCONT)
        except ProcessLookupError:
            pass
        server.close()
    demo.close()
    try:
        print("Ended: nothing is left behind.", flush=True)
    except OSError:
        pass  # The terminal is gone.


if __name__ == "__main__":
    main()
