"""The programs of an end-to-end run, each on a loopback port of its own, and the webhook that hears of the alerts."""

import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

RULES = pathlib.Path(__file__).resolve().parent.parent
HERE = pathlib.Path(__file__).resolve().parent
# Apart from our routes, and told at once: the best case of theirs.
THEIRS = """    - matchers: [job="mysqld"]
      receiver: without-us
      group_by: [alertname, instance]
"""


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def fetch(url):
    with urllib.request.urlopen(url, timeout=20) as answer:
        return json.load(answer)


def await_true(what, seconds, condition):
    """Waits until a condition holds, within a bound; fails with what was waited for."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        if time.monotonic() > deadline:
            raise SystemExit(f"end_to_end: waited {seconds} s in vain until {what}")
        time.sleep(0.5)


def with_templates():
    """Debian's Alertmanager reads its templates from /usr/share; unpacked, it sees its own there, in a mount namespace."""
    share = pathlib.Path(shutil.which("prometheus-alertmanager")).parent.parent / "share"
    if share == pathlib.Path("/usr/share"):
        return ["prometheus-alertmanager"]
    mount = f"mount -t overlay overlay -o lowerdir={share}:/usr/share /usr/share"
    return ["unshare", "--mount", "sh", "-c", f'{mount} && exec prometheus-alertmanager "$@"', "alertmanager"]


class Webhook:
    """Receives from Alertmanager; remembers when each alert first came, and by which receiver.

    name_of gives the name of what the labels of an alert speak of: a server, or an exporter.
    """

    def __init__(self, name_of):
        self.port = free_port()
        self.arrivals = {}
        self.name_of = name_of
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                # vmalert wants somebody to tell, too; what it says is read from its own page.
                for alert in [] if self.path.startswith("/ignored") else message["alerts"]:
                    labels = alert["labels"]
                    key = outer.key(labels)
                    if alert["status"] == "firing":
                        outer.arrivals.setdefault(key, (time.time(), message["receiver"], alert))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


    def key(self, labels):
        return labels["alertname"], self.name_of(labels), labels.get("backend", ""), labels.get("error_code", "")


class Stack:
    """Prometheus with Alertmanager; and an agent, VictoriaMetrics and vmalert with the same rules."""

    def __init__(self, directory, thresholds, name_of):
        self.directory = pathlib.Path(directory)
        self.processes = []
        self.webhook = Webhook(name_of)
        self.thresholds = thresholds
        self.prometheus, self.vmalert = free_port(), free_port()

    def begin(self, ours, theirs):
        """With the exporters at these addresses, and the mysqld_exporters at those, by name of server."""
        directory = self.directory
        alertmanager, victoria = free_port(), free_port()
        self.prometheus, self.vmalert = free_port(), free_port()
        hook = f"http://127.0.0.1:{self.webhook.port}/"
        routes = re.sub(r"https://(pager|tickets)\.example\.com/", hook, (RULES / "alertmanager.yml").read_text())
        routes = routes.replace("  routes:\n", "  routes:\n" + THEIRS, 1)
        routes += f"  - name: without-us\n    webhook_configs: [{{url: '{hook}'}}]\n"
        self.start(*with_templates(), f"--config.file={self.file('alertmanager.yml', routes)}",
                   f"--storage.path={directory}/alertmanager", f"--web.listen-address=127.0.0.1:{alertmanager}",
                   "--cluster.listen-address=")
        rules = [self.thresholds, *(RULES / name for name in ("recording.yml", *self.alert_files()))]
        mysqld = [{"targets": [address], "labels": {"instance": name}} for name, address in theirs.items()]
        scrape = "scrape_configs: " + json.dumps([
            {"job_name": "mysql-wire", "static_configs": [{"targets": ours}]},
            {"job_name": "mysqld", "static_configs": mysqld}]) + "\n"
        every = "global: {scrape_interval: 5s, scrape_timeout: 4s, evaluation_interval: 5s}\n"
        am = f"alerting: {{alertmanagers: [{{static_configs: [{{targets: ['127.0.0.1:{alertmanager}']}}]}}]}}\n"
        files = f"rule_files: {json.dumps([str(rule) for rule in [*rules, HERE / 'without-us.yml']])}\n"
        self.start("prometheus", f"--config.file={self.file('prometheus.yml', every + am + files + scrape)}",
                   f"--storage.tsdb.path={directory}/prometheus", f"--web.listen-address=127.0.0.1:{self.prometheus}")
        write = every.replace(", evaluation_interval: 5s", "")
        write += f"remote_write: [{{url: 'http://127.0.0.1:{victoria}/api/v1/write'}}]\n"
        self.start("prometheus", "--enable-feature=agent", f"--config.file={self.file('agent.yml', write + scrape)}",
                   f"--storage.agent.path={directory}/agent", f"--web.listen-address=127.0.0.1:{free_port()}")
        self.start("victoria-metrics", f"-httpListenAddr=127.0.0.1:{victoria}", f"-storageDataPath={directory}/victoria",
                   "-search.latencyOffset=5s", "-memory.allowedBytes=300MB")
        where = f"http://127.0.0.1:{victoria}"
        await_true("VictoriaMetrics answers", 60, lambda: fetch(where + "/api/v1/query?query=1"))
        self.start("vmalert", *(f"-rule={rule}" for rule in rules), f"-datasource.url={where}", f"-remoteWrite.url={where}",
                   f"-notifier.url=http://127.0.0.1:{self.webhook.port}/ignored", "-evaluationInterval=5s", "-remoteWrite.flushInterval=1s",
                   f"-httpListenAddr=127.0.0.1:{self.vmalert}")

    @staticmethod
    def alert_files():
        return sorted(path.name for path in RULES.glob("alerts*.yml"))

    def file(self, name, text):
        path = self.directory / name
        path.write_text(text)
        return path

    def start(self, *command, environment=None, **pipes):
        log = open(self.directory / f"{len(self.processes)}-{pathlib.Path(command[0]).name}.log", "w")
        usual = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
        self.processes.append(subprocess.Popen(command, env={**os.environ, **(environment or {})},
                                               start_new_session=True, **{**usual, **pipes}))
        return self.processes[-1]

    def alerts(self, port):
        """Our alerts that fire there, by the keys of the webhook."""
        alerts = fetch(f"http://127.0.0.1:{port}/api/v1/alerts")["data"]["alerts"]
        keys = {self.webhook.key({"alertname": a.get("name"), **a["labels"]}) for a in alerts if a["state"] == "firing"}
        return {key for key in keys if key[0].startswith("MysqlWire")}

    def close(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
