"""A service that answers exactly what a case has recorded, and notes every departure from it."""

import base64
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ScriptedService:
    """Answers the exchanges in order; ``complaints`` and ``left`` are empty when all went as recorded."""

    def __init__(self, exchanges, token_file, renewed_token=None):
        self.left = list(exchanges)
        self.complaints = []
        self._token_file = token_file
        self._renewed_token = renewed_token
        script = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self):
                script.answer(self)

            do_POST = do_PUT = do_DELETE = do_GET

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        if not self.left:
            self.complaints.append(f"one request too many: {request.command} {request.path}")
            request.send_error(599)
            return
        exchange = self.left.pop(0)
        self._compare(exchange["request"], request, body)
        if self._renewed_token:
            self._token_file.write_text(self._renewed_token)
        response = exchange["response"]
        if "close" in response:
            return
        data = _content(response)
        request.send_response(response["status"])
        for name, value in {**response["headers"], "Content-Length": str(len(data))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(data)

    def _compare(self, wanted, request, body):
        came = {"method": request.command, "path": request.path}
        came["headers"] = {name: request.headers.get(name) for name in wanted["headers"]}
        if "bodyBase64" in wanted:
            came["bodyBase64"] = base64.b64encode(body).decode()
        elif body:
            came["body"] = json.loads(body)
        if came != wanted:
            self.complaints.append(f"came {came}, wanted {wanted}")

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def _content(response):
    if "base64" in response:
        return base64.b64decode(response["base64"])
    return (response["text"] if "text" in response else json.dumps(response["body"], ensure_ascii=False)).encode()


def free_port():
    """A port of 127.0.0.1 where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
