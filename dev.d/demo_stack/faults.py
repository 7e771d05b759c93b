"""What can be broken in `./dev demo --stack`: each fault breaks the real server or its clients, and knows how to undo it."""

import os
import pathlib
import signal
import subprocess

TIED = ["setpriv", "--pdeathsig", "TERM", "--"]
PAUSE = "DO SLEEP(0.2);\n"
MISSING = "SELECT * FROM shop.item_v2;\n" + PAUSE
PAY = "START TRANSACTION;\nUPDATE shop.orders SET amount = amount + 1 WHERE id = {};\n" + PAUSE \
    + "UPDATE shop.orders SET amount = amount + 1 WHERE id = {};\nCOMMIT;\n"


class Server:
    """The demo's server: its process, and clients of it that last as long as a fault."""

    def __init__(self, port, pid):
        self.port, self.pid = port, pid
        self.clients = []
        self.again = self.restarted = None

    def command(self, user, password):
        return ["mariadb", "--no-defaults", "--force", "--unbuffered", "--host=127.0.0.1", f"--port={self.port}",
                f"--user={user}", f"--password={password}"]

    def launch(self, command, **pipes):
        usual = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(TIED + command, start_new_session=True, **{**usual, **pipes})

    def execute(self, sql):
        subprocess.run([*self.command("root", ""), f"--execute={sql}"], check=True, timeout=30, capture_output=True)

    def client(self, sql, user="root", password=""):
        """Says this, and keeps its session."""
        process = self.launch(self.command(user, password), stdin=subprocess.PIPE)
        self.clients.append(process)
        process.stdin.write(sql.encode())
        process.stdin.flush()

    def loop(self, sql, user="root", password="", pause=0):
        """The same again and again."""
        script = 'while :; do printf %s "$SQL" | "$@"; sleep ' + str(pause) + "; done"
        environment = {**os.environ, "SQL": sql}
        self.clients.append(self.launch(["sh", "-c", script, "sh", *self.command(user, password)], env=environment))

    def end_clients(self):
        for process in self.clients:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
        self.clients.clear()

    def kill(self):
        """Like kill -9, and remembers how to start it again."""
        proc = pathlib.Path("/proc", str(self.pid))
        self.again = (proc.joinpath("cmdline").read_bytes().decode().split("\0")[:-1], os.readlink(proc / "cwd"))
        os.kill(self.pid, signal.SIGKILL)

    def start(self):
        command, directory = self.again
        self.restarted = self.launch(command, cwd=directory)
        self.pid = self.restarted.pid

    def close(self):
        """Ends what was started here; the demo ends its own."""
        self.end_clients()
        if self.restarted:
            self.restarted.terminate()
            try:
                self.restarted.wait(20)
            except subprocess.TimeoutExpired:
                self.restarted.kill()
                self.restarted.wait()


def refuse(server):
    server.execute("SET GLOBAL max_connections = 10")
    for _ in range(20):
        server.client("SELECT 1;\n", "search", "demo")


def accept(server):
    server.end_clients()
    server.execute("SET GLOBAL max_connections = 151")


def pay_crosswise(server):
    server.loop(PAY.format(1, 2) * 50)
    server.loop(PAY.format(2, 1) * 50)


# Name: what happens, how to break it, how to undo it.
FAULTS = {
    "stuck": ("the server's process stands still (SIGSTOP)",
              lambda s: os.kill(s.pid, signal.SIGSTOP), lambda s: os.kill(s.pid, signal.SIGCONT)),
    "down": ("the server is killed", Server.kill, Server.start),
    "read_only": ("SET GLOBAL read_only = 1",
                  lambda s: s.execute("SET GLOBAL read_only = 1"), lambda s: s.execute("SET GLOBAL read_only = 0")),
    "cannot_write": ("somebody holds FLUSH TABLES WITH READ LOCK",
                     lambda s: s.client("FLUSH TABLES WITH READ LOCK;\n"), Server.end_clients),
    "refusing": ("all connections are taken", refuse, accept),
    "errors": ("one backend, 127.0.0.1, asks for a table that is not there; told after two minutes",
               lambda s: s.loop(MISSING * 50), Server.end_clients),
    "deadlocks": ("two clients pay the same two orders crosswise", pay_crosswise, Server.end_clients),
    "wrong_password": ("a backend logs in with an old password",
                       lambda s: s.loop("", "reports", "expired", 0.3), Server.end_clients),
    "slow_queries": ("three queries that take minutes; told after 80 s",
                     lambda s: [s.client("SELECT SLEEP(600);\n") for _ in range(3)], Server.end_clients),
}
