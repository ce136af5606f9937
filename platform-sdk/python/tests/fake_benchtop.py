"""A service small enough for a test: it knows alice, her workspace, and one token."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CASES = Path(__file__).parents[2] / "cases"


class FakeBenchtop:
    """Answers with the bodies of the recorded cases, so that they stay the one description."""

    token = "token-of-the-workspace"

    def __init__(self):
        self.kept = []
        recorded = {
            name: json.loads((CASES / f"{name}.json").read_text())["exchanges"][0] for name in ("whoami", "workspace")
        }
        answers = {exchange["request"]["path"]: exchange["response"]["body"] for exchange in recorded.values()}
        fake = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self):
                self.reply(200 if self.path in answers else 404, answers.get(self.path, {}))

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                fake.kept.append(asked)
                until = datetime.now(UTC) + timedelta(minutes=30)
                self.reply(200, {"until": until.isoformat().replace("+00:00", "Z"), "reason": asked["reason"]})

            def reply(self, status, body):
                if self.headers["Authorization"] != f"Bearer {fake.token}":
                    status, body = 401, {}
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
