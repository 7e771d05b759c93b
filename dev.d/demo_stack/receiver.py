"""Where Alertmanager delivers: one line in the terminal for each alert of a notification."""

import http.server
import json
import threading
import time


def line(receiver, alert):
    labels = alert["labels"]
    where = " ".join(labels[name] for name in ("server", "backend", "error_code") if labels.get(name))
    summary = alert["annotations"].get("summary", "")
    return f"{time.strftime('%H:%M:%S')}  {alert['status'].upper():8}  {receiver:20}  {labels['alertname']}  {where}  {summary}"


def start():
    """Returns the port that it listens on."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for alert in message["alerts"]:
                print(line(message["receiver"], alert), flush=True)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]
