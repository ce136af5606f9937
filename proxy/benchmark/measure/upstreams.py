"""What stands behind the proxies (two nginx, a WebSocket echo, a reader of uploads) and what they are given to know."""

import getpass
import os
import pathlib
import socket
import time

from measure.processes import Processes, free_port

LARGE_FILE = 50 * 2**20
ROUTES = 2000
# Thousands of kept connections on either side: below this the upstream would close some, and count as broken.
CONNECTIONS = 15_000
# Two sets of routes: w0, w1, … lead to one upstream, as in PROXY.md; s0, s1, … to a server each, as workspaces do.
ONE_UPSTREAM, OWN_UPSTREAM = "w", "s"


def nginx_prelude(folder: pathlib.Path, workers: int) -> str:
    """The start of an nginx configuration whose every file lies in the folder."""
    user = f"user {getpass.getuser()} {getpass.getuser()};" if os.getuid() == 0 else ""
    temporary = "\n".join(
        f"  {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""{user}
worker_processes {workers};
daemon off;
pid {folder}/pid;
error_log stderr error;
events {{ worker_connections {CONNECTIONS}; }}
http {{
{temporary}
  access_log off;
  sendfile on;
  keepalive_timeout 900s;
  keepalive_requests 1000000000;
"""


def wait_for_port(port: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"Nothing accepts connections on port {port} after {seconds:.0f} s; see proxy/benchmark/target/log.")


class Upstreams:
    """The two small-answer upstreams differ in their body, so that a changed route can be seen."""

    def __init__(self, processes: Processes, folder: pathlib.Path, nginx: str, java: list[str]):
        self.a, self.b, self.sockets, self.uploads = (free_port() for _ in range(4))
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "large.bin", "wb") as file:
            file.truncate(LARGE_FILE)
        (folder / "nginx.conf").write_text(
            nginx_prelude(folder, 1)
            + self._server("a", self.a, folder, [own_host(number) for number in range(ROUTES)])
            + self._server("b", self.b, folder)
            + "}\n"
        )
        processes.start("upstream-nginx", [nginx, "-c", folder / "nginx.conf", "-e", "stderr"])
        upstream = processes.start("upstream-java", [*java, "Upstream", self.sockets, self.uploads], heard=True)
        upstream.stdout.readline()
        wait_for_port(self.a)

    @staticmethod
    def _server(name: str, port: int, folder: pathlib.Path, more: list[str] | None = None) -> str:
        listens = "\n    ".join(f"listen {where}:{port} backlog=511;" for where in ["127.0.0.1", *(more or [])])
        body = f'{{"upstream":"{name}","padding":"'
        body += "x" * (198 - len(body)) + '"}'
        return f"""
  server {{
    {listens}
    default_type application/json;
    location / {{ return 200 '{body}'; }}
    location /user/bench/files/ {{ alias {folder}/; }}
  }}
"""

    def own(self, number: int) -> str:
        return f"http://{own_host(number)}:{self.a}"

    @property
    def routes(self) -> dict[str, str]:
        """All prefixes and where they lead."""
        return {
            **{f"/user/bench/{ONE_UPSTREAM}{number}/": address(self.a) for number in range(ROUTES)},
            **{f"/user/bench/{OWN_UPSTREAM}{number}/": self.own(number) for number in range(ROUTES)},
            "/user/bench/sockets/": address(self.sockets),
            "/user/bench/files/": address(self.a),
            "/user/bench/uploads/": address(self.uploads),
        }


def own_host(number: int) -> str:
    """A loopback address of its own: the whole of 127.0.0.0/8 is this machine."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"
