"""Serves the pages of a fleet's exporters: synthetic_exporters.py PORT SERVERS BACKENDS CODES.

/SERVER/metrics is the page of one: all of its counters grow with the time since the start, as synthetic_fleet.py says.
"""

import http.server
import sys
import time

import synthetic_fleet



def page_of(server, backends, codes):
    """Series without the labels that a scrape adds, with their start and growth."""
    instance = f'instance="db{server}:10306"'
    page = []
    for series, start, rate in synthetic_fleet.series_of(server, backends, codes):
        if not series.startswith("up{"):
            bare = series.replace('job="mysql-wire",', "").replace(instance + ",", "").replace(instance, "")
            page.append((bare, start, rate))
    return page


def main():
    port, servers, backends, codes = map(int, sys.argv[1:])
    pages = {f"/{server}/metrics": page_of(server, backends, codes) for server in range(servers)}
    began = time.time()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            age = time.time() - began
            body = "".join(f"{series} {start + rate * age:g}\n" for series, start, rate in pages[self.path]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
