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
EXPORTER = "127.0.0.1:10306"


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
    """Receives from Alertmanager; remembers when each alert first came, and by which receiver."""

    def __init__(self):
        self.port = free_port()
        self.arrivals = {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                # vmalert wants somebody to tell, too; what it says is read from its own page.
                for alert in [] if self.path.startswith("/ignored") else message["alerts"]:
                    labels = alert["labels"]
                    key = (labels["alertname"], labels.get("backend", ""), labels.get("error_code", ""))
                    if alert["status"] == "firing":
                        outer.arrivals.setdefault(key, (time.time(), message["receiver"], alert))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Stack:
    """Prometheus with Alertmanager; and an agent, VictoriaMetrics and vmalert with the same rules."""

    def __init__(self, directory, thresholds):
        self.directory = pathlib.Path(directory)
        self.processes = []
        self.webhook = Webhook()
        self.thresholds = thresholds
        self.prometheus, self.vmalert = free_port(), free_port()

    def begin(self):
        directory = self.directory
        alertmanager, victoria = free_port(), free_port()
        self.prometheus, self.vmalert = free_port(), free_port()
        hook = f"http://127.0.0.1:{self.webhook.port}/"
        routes = re.sub(r"https://(pager|tickets)\.example\.com/", hook, (RULES / "alertmanager.yml").read_text())
        self.start(*with_templates(), f"--config.file={self.file('alertmanager.yml', routes)}",
                   f"--storage.path={directory}/alertmanager", f"--web.listen-address=127.0.0.1:{alertmanager}",
                   "--cluster.listen-address=")
        rules = [self.thresholds, *(RULES / name for name in ("recording.yml", *self.alert_files()))]
        scrape = f"scrape_configs: [{{job_name: mysql-wire, static_configs: [{{targets: ['{EXPORTER}']}}]}}]\n"
        every = "global: {scrape_interval: 5s, scrape_timeout: 4s, evaluation_interval: 5s}\n"
        am = f"alerting: {{alertmanagers: [{{static_configs: [{{targets: ['127.0.0.1:{alertmanager}']}}]}}]}}\n"
        files = f"rule_files: {json.dumps([str(rule) for rule in rules])}\n"
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

    def start(self, *command):
        log = open(self.directory / f"{len(self.processes)}-{pathlib.Path(command[0]).name}.log", "w")
        self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                               start_new_session=True))
        return self.processes[-1]

    def alerts(self, port):
        """Alerts that fire there, as (alertname, backend, error_code)."""
        alerts = fetch(f"http://127.0.0.1:{port}/api/v1/alerts")["data"]["alerts"]
        return {(a["labels"].get("alertname") or a.get("name"), a["labels"].get("backend", ""),
                 a["labels"].get("error_code", "")) for a in alerts if a["state"] == "firing"}

    def close(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
