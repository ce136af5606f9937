"""Stands for JupyterLab in tests: answers <base>api, and behaves as the file ~/behaviour says."""

import http.server
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

flags = dict(flag[2:].split("=", 1) for flag in sys.argv[1:] if "=" in flag)
base, port = flags["ServerApp.base_url"], int(flags["ServerApp.port"])
home = Path(os.environ["HOME"])
behaviour = (home / "behaviour").read_text().split() if (home / "behaviour").exists() else [""]
print("fake lab generation in", os.getcwd(), flush=True)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.path == base + "api"
        body = b'{"version": "fake"}' if known else b"{}"
        self.send_response(200 if known else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if behaviour[0] == "exit":
    print("about to exit as told", flush=True)
    sys.exit(int(behaviour[1]))
if behaviour[0] == "port":
    count = home / "attempts"
    tried = int(count.read_text()) if count.exists() else 0
    count.write_text(str(tried + 1))
    if tried < int(behaviour[1]):
        print(f"ERROR: the Jupyter server could not be started because port {port} is not available.", flush=True)
        sys.exit(1)
if behaviour[0] == "module":
    import jupyter_server_is_missing  # noqa: F401
if behaviour[0] == "slow":
    time.sleep(float(behaviour[1]))
if behaviour[0] == "silent":
    time.sleep(3600)
if behaviour[0] == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if behaviour[0] == "kernel":
    subprocess.Popen(["sleep", "3600"], start_new_session=True)
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
