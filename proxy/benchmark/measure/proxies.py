"""The three proxies: how each is started, told its routes, and ended."""

import http.client
import json
import os
import pathlib
import secrets
import time

from measure import processes as proc
from measure.upstreams import OWN_UPSTREAM, ROUTES, Upstreams, address, nginx_prelude, wait_for_port

OURS, OURS_LOGGED, CHP, NGINX = "benchtop", "benchtop-access-log", "CHP", "nginx"


class Proxy:
    """One proxy under test; started afresh as often as needed, on the same port."""

    name: str

    def __init__(self, processes: proc.Processes, upstreams: Upstreams, folder: pathlib.Path):
        self._processes, self.upstreams, self.folder = processes, upstreams, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port = proc.free_port()
        self.process = None
        self.cookie = ""
        self.start_cpu = 0.0

    def start(self) -> float:
        """Starts it and answers the seconds until it answered its first request."""
        began = time.monotonic()
        self.process = self._processes.start(self.name, *self.command())
        while not self._answers():
            if time.monotonic() - began > 30 or self.process.poll() is not None:
                raise RuntimeError(f"{self.name} did not start; see proxy/benchmark/target/log/{self.name}.log.")
            time.sleep(0.003)
        seconds = time.monotonic() - began
        self.start_cpu = proc.cpu_seconds(self.pid)
        self.tell_routes()
        return seconds

    def stop(self) -> None:
        self._processes.end(self.process)

    @property
    def pid(self) -> int:
        return self.process.pid

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/user/bench/w1/api/status", headers={"Cookie": self.cookie})
            return connection.getresponse().status in self.first_statuses
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    first_statuses = (200,)

    def command(self) -> tuple[list[str], dict[str, str]]:
        raise NotImplementedError

    def tell_routes(self) -> None:
        """Only a proxy that is pushed its routes has something to do here."""

    def control(self) -> list[str] | None:
        """Port, path and authorization of the API that changes routes; None where there is none."""
        return None


class Nginx(Proxy):
    """Two workers; one location for all routes to one upstream, one for each that has its own; it checks nobody."""

    name = NGINX

    def __init__(self, program: str, *rest):
        super().__init__(*rest)
        self._program = program

    def command(self):
        up = self.upstreams
        configuration = self.folder / "nginx.conf"
        names = [f"{OWN_UPSTREAM}{number}" for number in range(ROUTES)]
        pools = "\n  ".join(
            f"upstream {name} {{ server {up.own(number).removeprefix('http://')}; keepalive 8; "
            "keepalive_requests 1000000000; }"
            for number, name in enumerate(names)
        )
        locations = "\n    ".join(
            f"location ^~ /user/bench/{name}/ {{ proxy_pass http://{name}; }}" for name in names
        )
        configuration.write_text(f"""{nginx_prelude(self.folder, 2)}
  client_max_body_size 0;
  proxy_http_version 1.1;
  proxy_buffering off;
  proxy_request_buffering off;
  proxy_read_timeout 900s;
  proxy_set_header Host $http_host;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $onward;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto $scheme;
  map $http_upgrade $onward {{ default upgrade; '' ''; }}
  upstream small {{ server 127.0.0.1:{up.a}; keepalive 512; keepalive_requests 1000000000; }}
  {pools}
  server {{
    listen 127.0.0.1:{self.port} backlog=4096;
    {locations}
    location ~ ^/user/[a-z0-9-]+/sockets/ {{ proxy_pass {address(up.sockets)}; }}
    location ~ ^/user/[a-z0-9-]+/uploads/ {{ proxy_pass {address(up.uploads)}; }}
    location ~ ^/user/[a-z0-9-]+/[a-z0-9-]+/ {{ proxy_pass http://small; }}
  }}
}}
""")
        return [self._program, "-c", configuration, "-e", "stderr"], None


class ConfigurableHttpProxy(Proxy):
    """Told its routes by its REST API, one by one; it checks nobody."""

    name = CHP
    first_statuses = (200, 404)

    def __init__(self, node: str, *rest):
        super().__init__(*rest)
        self._node = node
        self._api = proc.free_port()
        self._token = secrets.token_hex(16)

    def command(self):
        program = self.folder / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
        command = [self._node, program, "--ip", "127.0.0.1", "--port", self.port]
        command += ["--api-ip", "127.0.0.1", "--api-port", self._api, "--log-level", "error"]
        return command, {**os.environ, "CONFIGPROXY_AUTH_TOKEN": self._token}

    def control(self):
        return [self._api, "/api/routes", f"token {self._token}"]

    def tell_routes(self):
        wait_for_port(self._api)
        connection = http.client.HTTPConnection("127.0.0.1", self._api, timeout=10)
        for prefix, target in self.upstreams.routes.items():
            body = json.dumps({"target": target})
            connection.request("POST", f"/api/routes{prefix.rstrip('/')}", body, {"Authorization": f"token {self._token}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 201:
                raise RuntimeError(f"configurable-http-proxy refused a route with {answer.status}.")
        connection.close()


class Benchtop(Proxy):
    """Ours, with all its checks: a session cookie signed with Ed25519, routes from a control plane over its watch."""

    def __init__(self, name: str, java: str, options: list[str], jars: str, helpers: list[str], *rest):
        self.name = name
        super().__init__(*rest)
        self._java, self._options, self._jars = java, options, jars
        self._control = proc.free_port()
        self._key = secrets.token_urlsafe(32)
        self.more_options: list[str] = []
        key_file = self.folder / "internal.key"
        key_file.touch(0o600)
        key_file.write_text(self._key)
        self._environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "BENCHTOP_PROXY_LISTEN": f"127.0.0.1:{self.port}",
            "BENCHTOP_PROXY_ADMIN_LISTEN": "127.0.0.1:0",
            # The others are started without one, too; what it costs is a line of its own.
            "BENCHTOP_PROXY_ACCESS_LOG": str(name == OURS_LOGGED).lower(),
            "BENCHTOP_SERVICE_URL": address(self._control),
            "BENCHTOP_PUBLIC_URL": address(self.port),
            "BENCHTOP_SESSION_COOKIE": f"benchtop-session-{self.port}",
            "BENCHTOP_INTERNAL_KEY_FILE": str(key_file),
            "BENCHTOP_PROXY_STATE_FILE": str(self.folder / "routes.json"),
        }
        self._start_control_plane(key_file, helpers)

    def _start_control_plane(self, key_file: pathlib.Path, helpers: list[str]) -> None:
        routes = self.folder / "routes.txt"
        routes.write_text("".join(f"{prefix}={target}\n" for prefix, target in self.upstreams.routes.items()))
        name = self._environment["BENCHTOP_SESSION_COOKIE"]
        plane = self._processes.start(
            f"control-plane-{self.name}",
            [*helpers, "ControlPlane", self._control, key_file, name, routes],
            heard=True,
        )
        self.cookie = plane.stdout.readline().decode().strip()
        if not self.cookie:
            raise RuntimeError(f"The control plane did not start; see proxy/benchmark/target/log/control-plane-{self.name}.log.")

    def command(self):
        (self.folder / "routes.json").unlink(missing_ok=True)
        options = [*self._options, *self.more_options]
        return [self._java, *options, "-cp", self._jars, "io.benchtop.proxy.Main"], self._environment

    def control(self):
        return [self._control, "/bench/routes", "none"]
