"""Breaks things on a real server, as `./dev demo` runs it, and says when which alert reached whom.

Fails when an alert does not come, comes to the wrong receiver, or one comes that nothing was done for; and when vmalert,
behind an agent and VictoriaMetrics, does not say the same as Prometheus.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

import stack

CHECKOUT = stack.RULES.parent
# The demo's own backends begin with it: wrong passwords of one, deadlocks of another.
BEGIN = "the demo's backends"
# A series that is born with all its errors at once is news only to a Prometheus that knew the exporter before, so each
# fault goes on over several scrapes.
PAUSE = ["DO SLEEP(0.5);"]
FAULTS = {
    "error storm of one backend": (["SELECT * FROM mysql.missing;"] + PAUSE) * 400,
    "a full table": ["SET max_heap_table_size = 16384;", "CREATE TABLE fault.small (t CHAR(255)) ENGINE = MEMORY;"]
    + (["INSERT INTO fault.small SELECT 'x' FROM information_schema.columns LIMIT 1000;"] + PAUSE) * 40,
    "writes that are not allowed": ["CREATE TABLE fault.t (i INT);", "START TRANSACTION READ ONLY;"]
    + (["INSERT INTO fault.t VALUES (1);"] + PAUSE) * 40,
    "statements that run out of time": ["SET max_statement_time = 0.01;"]
    + (["SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b;"] + PAUSE) * 60,
    "a statement that hangs": ["SELECT SLEEP(180);"],
}
# What is to come: the fault, and the receiver of alertmanager.yml.
EXPECTED = {
    ("MysqlWireAccessDeniedBurst", "127.0.1.3", "1045"): (BEGIN, "applications-tickets"),
    ("MysqlWireLockErrors", "127.0.1.1", "1213"): (BEGIN, "database-tickets"),
    ("MysqlWireBackendErrorRatio", "127.0.0.1", ""): ("error storm of one backend", "applications-pager"),
    ("MysqlWireResourceErrors", "", "1114"): ("a full table", "database-pager"),
    ("MysqlWireReadOnlyErrors", "127.0.0.1", "1792"): ("writes that are not allowed", "database-pager"),
    ("MysqlWireTimeouts", "127.0.0.1", "1969"): ("statements that run out of time", "database-tickets"),
    ("MysqlWireOldestCommand", "127.0.0.1", ""): ("a statement that hangs", "database-tickets"),
    ("MysqlWireExporterDown", "", ""): ("the exporter ends", "monitoring-tickets"),
}


def client(port, statements):
    """A client of its own for each fault, that goes on after errors."""
    command = ["mariadb", "--no-defaults", "--force", "--host=127.0.0.1", f"--port={port}", "--user=root"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    process.stdin.write("\n".join(statements).encode())
    process.stdin.close()
    return process


def class_path():
    """What dev.d/demo starts, once dev.d/build has built it."""
    exporter = CHECKOUT / "exporter/target"
    jars = (exporter / "test-classpath.txt").read_text().strip()
    return f"{exporter}/test-classes:{exporter}/classes:{jars}"


def database_port():
    with urllib.request.urlopen(f"http://{stack.EXPORTER}/metrics", timeout=10) as answer:
        found = re.search(r'mysql_wire_responses_total\{server="127\.0\.0\.1:(\d+)"', answer.read().decode())
    return found and found[1]


def arrived(run, names):
    return all(key in run.webhook.arrivals for key in EXPECTED if EXPECTED[key][0] in names)


def report(run, began):
    faults = []
    print(f"{'fault':34} {'alert':28} {'backend':10} {'code':5} {'receiver':22} seconds")
    for key, (fault, receiver) in EXPECTED.items():
        when, to, _ = run.webhook.arrivals.get(key, (None, "nobody", None))
        seconds = f"{when - began[fault]:7.0f}" if when and fault in began else "   none"
        print(f"{fault:34} {key[0]:28} {key[1]:10} {key[2]:5} {to:22} {seconds}")
        if to != receiver:
            faults.append(f"{key} went to {to}, not to {receiver}")
    faults += [f"unrelated: {key}" for key in run.webhook.arrivals if key not in EXPECTED]
    return faults


def main():
    with tempfile.TemporaryDirectory() as directory:
        # Nobody waits five minutes here: a copy of the thresholds, as anybody would make one.
        text = (stack.RULES / "thresholds.yml").read_text().replace("vector(300)", "vector(20)")
        thresholds = pathlib.Path(directory, "thresholds.yml")
        thresholds.write_text(text)
        run = stack.Stack(directory, thresholds)
        clients, began = [], {}
        try:
            run.begin()
            demo = run.start("java", "-cp", class_path(), "io.mysqlwire.demo.Demo", "--seconds", "900")
            stack.await_true("the demo serves", 300, database_port)
            began[BEGIN] = time.time()
            port = database_port()
            client(port, ["CREATE DATABASE fault;"]).wait(60)
            stack.await_true("the demo's own faults were told", 240, lambda: arrived(run, {BEGIN}))
            for fault, statements in FAULTS.items():
                began[fault] = time.time()
                clients.append(client(port, statements))
            stack.await_true("all faults were told", 300, lambda: arrived(run, set(FAULTS)))
            stack.await_true("both engines say the same", 120, lambda:
                             run.alerts(run.prometheus) == run.alerts(run.vmalert) != set())
            print(f"Prometheus and vmalert: the same {len(run.alerts(run.vmalert))} alerts")
            began["the exporter ends"] = time.time()
            demo.terminate()
            stack.await_true("the end of the exporter was told", 420, lambda: arrived(run, {"the exporter ends"}))
        finally:
            for process in clients:
                process.kill()
            faults = report(run, began)
            run.close()
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
