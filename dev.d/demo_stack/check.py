"""One fault, its notification, and nothing left behind: `./dev demo --stack` as a user runs it, ended by TERM."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import uuid

DEMO = pathlib.Path(__file__).resolve().parent.parent / "demo"
MARK = f"MYSQL_WIRE_DEMO={uuid.uuid4()}"
PAGE = re.compile(r"FIRING +database-pager +MysqlWireServerStuck +127\.0\.0\.1:(\d+) ")


def processes(port):
    """All that the demo has started: they inherit the mark. The server itself is known by its port."""
    found = {}
    for proc in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            command = proc.joinpath("cmdline").read_text(errors="replace").split("\0")
            marked = MARK in proc.joinpath("environ").read_text(errors="replace").split("\0")
            if marked or port and f"--port={port}" in command:
                found[proc.name] = proc.joinpath("cmdline").read_text(errors="replace").replace("\0", " ")
        except OSError:
            pass  # It has ended meanwhile, or belongs to the kernel.
    return found


def directories(commands):
    folder = re.escape(tempfile.gettempdir())
    names = {name for line in commands for name in re.findall(folder + r"/[\w.-]*(?:mysql-wire|mysqlwire)[\w.-]*", line)}
    return {name for name in names if os.path.isdir(name)}


def main():
    name, value = MARK.split("=")
    demo = subprocess.Popen([DEMO, "--stack", "--seconds", "170", "--fault", "stuck"], text=True, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, name: value})
    bound = threading.Timer(300, demo.kill)
    bound.start()
    paged, port, seen, folders = False, None, {}, set()
    for line in demo.stdout:
        print(line, end="", flush=True)
        if page := PAGE.search(line):
            paged, port = True, page[1]
            seen = processes(port)
            folders = directories(seen.values())
            demo.send_signal(signal.SIGTERM)
    status = demo.wait()
    bound.cancel()
    left = processes(port)
    for pid in left:
        os.kill(int(pid), signal.SIGKILL)
    faults = [] if paged else ["nobody was told of the server that is stuck"]
    faults += [f"exit status {status}"] if status else []
    faults += [f"still runs: {line[:200]}" for line in left.values()]
    faults += [f"still there: {folder}" for folder in folders if os.path.exists(folder)]
    if paged and (len(seen) < 5 or len(folders) < 2):
        faults.append(f"this check saw only {len(seen)} processes and {sorted(folders)}")
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
