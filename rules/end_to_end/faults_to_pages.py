"""Breaks real servers, and says when which alert reached whom; the same for what a team has without us.

Fails when an alert does not come, comes to the wrong receiver, or one comes that nothing was done for; and when vmalert,
behind an agent and VictoriaMetrics, does not say the same as Prometheus.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

import stack
from expected import CONSEQUENCES, FAULTS, LAST_FAULTS

CHECKOUT = stack.RULES.parent
JARS = CHECKOUT / "exporter/target"
# Theirs say nothing before five minutes have passed.
WATCHED_SECONDS = 390


def class_path():
    """What dev.d/build has built."""
    return f"{JARS}/test-classes:{JARS}/classes:{(JARS / 'test-classpath.txt').read_text().strip()}"


class Scene:
    """The servers that break, the exporters that watch them, and who is told."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        # Nobody waits five minutes for a command here: a copy of the thresholds, as anybody would make one.
        thresholds = self.directory / "thresholds.yml"
        thresholds.write_text((stack.RULES / "thresholds.yml").read_text().replace("vector(300)", "vector(20)"))
        self.names = {}
        self.run = stack.Stack(directory, thresholds, self.name_of)
        self.began = {}
        self.cgroup = None

    def name_of(self, labels):
        """The server that an alert speaks of, else the exporter."""
        server = labels.get("server", "").rsplit(":", 1)[-1]
        instance = labels.get("instance", "")
        return self.names.get(server) or self.names.get(instance, instance)

    def begin(self):
        targets = self.directory / "targets.cnf"
        self.servers = self.run.start("java", "-cp", class_path(), "io.mysqlwire.demo.FaultyServers", str(targets),
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        while (line := self.answer()) != "ready":
            _, name, port = line.split()
            self.names[port] = name
        ports = list(self.names)
        theirs = {self.names[port]: self.mysqld_exporter(port) for port in ports}
        self.exporter, first = self.our_exporter("first", [f"--mysql.port={port}" for port in ports]
                                                 + [f"--probe.dsn-file={targets}"])
        mount = next(line.split()[1] for line in open("/proc/mounts") if line.split()[2] == "cgroup2")
        self.cgroup = pathlib.Path(tempfile.mkdtemp(prefix="mysql-wire-pages-", dir=mount))
        self.second, second = self.our_exporter("second", ["--mysql.port=1", f"--cgroup.path={self.cgroup}"])
        self.run.begin([first, second], theirs)
        stack.await_true("all servers are healthy, and known so for a minute", 300, lambda:
                         self.value("sum(min_over_time(mysql_wire_healthy[1m])) and on () count(up offset 1m)") == len(ports))

    def our_exporter(self, name, flags):
        address = f"127.0.0.1:{stack.free_port()}"
        self.names[address] = name
        return self.run.start("java", "-cp", class_path(), "io.mysqlwire.exporter.Main", "run", "--tap=cgroup",
                              f"--web.listen-address={address}", *flags), address

    def mysqld_exporter(self, port):
        address = f"127.0.0.1:{stack.free_port()}"
        self.run.start("prometheus-mysqld-exporter", f"--web.listen-address={address}",
                       environment={"DATA_SOURCE_NAME": f"root@tcp(127.0.0.1:{port})/"})
        return address

    def answer(self):
        line = self.servers.stdout.readline().decode().strip()
        if not line:
            raise SystemExit("faults_to_pages: the servers ended; see their log")
        return line

    def value(self, query):
        url = f"http://127.0.0.1:{self.run.prometheus}/api/v1/query?query={urllib.parse.quote(query)}"
        result = stack.fetch(url)["data"]["result"]
        return result and float(result[0]["value"][1])

    def break_all(self):
        for fault in FAULTS:
            self.began[fault] = time.time()
            self.servers.stdin.write(f"{fault}\n".encode())
            self.servers.stdin.flush()
            self.answer()
        self.began["cgroup"] = time.time()
        self.cgroup.rmdir()
        self.cgroup.mkdir()
        stack.await_true("the loss of the cgroup was told", 180, lambda: self.arrived("cgroup"))
        self.began["exporter"] = time.time()
        self.second.kill()

    def arrived(self, fault):
        keys = {**FAULTS, **LAST_FAULTS}[fault]
        return all(key in self.run.webhook.arrivals for key in keys)

    def watch(self):
        """Until all was told, and theirs had the time that they need."""
        until = max(self.began.values()) + WATCHED_SECONDS
        stack.await_true("theirs had their time", WATCHED_SECONDS + 60, lambda: time.time() > until)
        try:
            stack.await_true("both engines say the same", 60, lambda: not self.differences())
            print(f"Prometheus and vmalert: the same {len(self.run.alerts(self.run.vmalert))} alerts")
        except SystemExit:
            print(f"only one of Prometheus and vmalert says: {sorted(self.differences())}")
            raise

    def differences(self):
        return self.run.alerts(self.run.prometheus) ^ self.run.alerts(self.run.vmalert)

    def report(self):
        faults, known = [], set()
        print(f"{'fault':12} {'alert':28} {'backend':10} {'code':5} {'receiver':22} {'seconds':>7}  without us")
        for fault, keys in {**FAULTS, **LAST_FAULTS}.items():
            server = next(iter(keys))[1]
            theirs = [f"{key[0]} {when - self.began.get(fault, when):.0f} s" for key, (when, to, _)
                      in self.run.webhook.arrivals.items() if to == "without-us" and key[1] == server]
            for key, receiver in keys.items():
                known.add(key)
                when, to, _ = self.run.webhook.arrivals.get(key, (None, "nobody", None))
                seconds = f"{when - self.began[fault]:7.0f}" if when and fault in self.began else "   none"
                print(f"{fault:12} {key[0]:28} {key[2]:10} {key[3]:5} {to:22} {seconds}  {', '.join(theirs) or 'nobody'}")
                if to != receiver:
                    faults.append(f"{key} went to {to}, not to {receiver}")
        for key, (_, to, alert) in self.run.webhook.arrivals.items():
            if key in CONSEQUENCES and to == CONSEQUENCES[key]:
                print(f"also, to the same people: {key}")
            elif key not in known and to != "without-us":
                faults.append(f"unrelated: {key} to {to}: {json.dumps(alert['annotations'])}")
        return faults

    def close(self):
        try:
            self.servers.stdin.close()
            self.servers.wait(60)
        except (subprocess.TimeoutExpired, OSError):
            pass
        self.run.close()
        if self.cgroup and os.path.isdir(self.cgroup):
            self.cgroup.rmdir()


def main():
    with tempfile.TemporaryDirectory() as directory:
        scene = Scene(directory)
        try:
            scene.begin()
            scene.break_all()
            scene.watch()
        finally:
            faults = scene.report()
            scene.close()
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
