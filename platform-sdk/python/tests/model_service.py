"""A small registry that keeps models in memory, tries nothing, and can be told to refuse or to break."""

import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

WHEN = "2026-11-21T09:00:00Z"
VERSION = re.compile(r"/api/v1/models/([^/:]+)/versions/([^/:]+)(?::(\w+)|/(.*))?")


class ModelService:
    """Serves any number of models.

    ``asked`` are method, path and headers of each request; ``breaks`` are numbers of body bytes after which the next
    answers to files end; ``refuses`` is the code and the sentence of the check; ``busy`` counts answers 503 to come;
    ``scoped`` refuses changes as to the token inside a workspace.
    """

    def __init__(self):
        self.asked, self.breaks, self.published, self.keys = [], [], [], {}
        self.models, self.versions, self.stored = {}, {}, {}
        self.refuses, self.checks_last, self.busy, self.scoped = None, 1, 0, False
        service = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                service.answer(self)

            do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        path = urlsplit(request.path).path
        self.asked.append((request.command, request.path, dict(request.headers)))
        if request.headers.get("Authorization") != "Bearer case-token":
            return self.refuse(request, 401, "unauthenticated")
        if self.busy:
            self.busy -= 1
            return self.refuse(request, 503, "service_unavailable")
        if self.scoped and request.command == "PATCH":
            return self.refuse(request, 403, "forbidden")
        if path == "/api/v1/models":
            return self.all(request, body)
        if found := VERSION.fullmatch(path):
            return self.one_version(request, *found.groups(), body)
        name, _, rest = path.removeprefix("/api/v1/models/").partition("/")
        if rest == "versions" and request.command == "POST":
            return self.publish(request, name, json.loads(body))
        if name not in self.models:
            return self.refuse(request, 404, "not_found")
        return self.one_model(request, name, rest, body)

    def all(self, request, body):
        if request.command == "GET":
            return self.reply(request, 200, {"models": [self.told(name) for name in sorted(self.models)]})
        asked = json.loads(body)
        if asked["name"] in self.models:
            return self.refuse(request, 409, "already_exists")
        self.add(asked["name"], readers=asked.get("readers", []))
        return self.reply(request, 201, self.told(asked["name"]))

    def add(self, name, readers=()):
        self.models[name] = {
            "name": name, "owner": "alice", "description": "", "readers": list(readers), "publishers": [],
            "approvalRequired": False, "aliases": {}, "createdAt": WHEN, "changedAt": WHEN,
        }  # fmt: skip

    def told(self, name):
        ready = [each for (model, _), each in self.versions.items() if model == name and each["state"] == "READY"]
        return {**self.models[name], "latest": self.with_aliases(ready[-1]) if ready else None}

    def with_aliases(self, version):
        aliases = self.models[version["model"]]["aliases"]
        return {**version, "aliases": [alias for alias, of in aliases.items() if of == version["version"]]}

    def one_model(self, request, name, rest, body):
        if rest == "versions":
            mine = [self.with_aliases(each) for (model, _), each in self.versions.items() if model == name]
            return self.reply(request, 200, {"versions": mine[::-1]})
        if rest.startswith("aliases/"):
            alias = unquote(rest.removeprefix("aliases/"))
            if request.command == "DELETE":
                del self.models[name]["aliases"][alias]
                return self.reply(request, 204, None)
            self.models[name]["aliases"][alias] = json.loads(body)["version"]
        if request.command == "DELETE":
            del self.models[name]
            return self.reply(request, 204, None)
        if request.command == "PATCH":
            self.models[name].update(json.loads(body))
        return self.reply(request, 200, self.told(name))

    def publish(self, request, name, asked):
        key = request.headers["Idempotency-Key"]
        if name not in self.models:
            self.add(name)
        if key not in self.keys:
            mine = [version for model, version in self.versions if model == name]
            version = asked.get("version") or self.next(mine[-1] if mine else None, asked["bump"])
            self.published.append(asked)
            self.keys[key] = (name, version)
            self.versions[name, version] = {
                "model": name, "version": version, "number": len(mine) + 1, "state": "UPLOADING", "servable": True,
                "createdBy": "alice", "createdAt": WHEN, "approval": "NOT_NEEDED", "aliases": [],
                **{key: asked[key] for key in ("format", "files", "description", "metrics", "datasets")},
                "signature": asked.get("signature"),
                **{key: asked[key] for key in ("runId", "notebook", "image") if key in asked},
            }  # fmt: skip
            self.stored[name, version] = {}
        return self.reply(request, 201, self.versions[self.keys[key]])

    @staticmethod
    def next(last, bump):
        if last is None:
            return "0.0.1"
        major, minor, patch = map(int, last.split("."))
        return {
            "major": f"{major + 1}.0.0",
            "minor": f"{major}.{minor + 1}.0",
            "patch": f"{major}.{minor}.{patch + 1}",
        }[bump]

    def one_version(self, request, name, version, verb, rest, body):
        version = self.models.get(name, {}).get("aliases", {}).get(version, version)
        told = self.versions.get((name, version))
        if told is None:
            return self.refuse(request, 404, "not_found")
        if rest:
            return self.file(request, (name, version), rest.removeprefix("files/"), body)
        if verb == "commit":
            missing = [file["path"] for file in told["files"] if not self.whole((name, version), file)]
            if missing:
                return self.refuse(request, 409, "files_missing")
            told.update(state="CHECKING", left=self.checks_last)
            return self.reply(request, 202, told)
        if verb in ("approve", "reject"):
            told.update(
                approval="APPROVED" if verb == "approve" else "REJECTED", approvalComment=json.loads(body)["comment"]
            )
        elif request.command == "PATCH":
            told.update(json.loads(body))
        elif request.command == "DELETE":
            told["state"] = "DELETED"
            return self.reply(request, 204, None)
        elif told["state"] == "CHECKING":
            self.check(told)
        return self.reply(request, 200, self.with_aliases(told))

    def whole(self, key, file):
        content = bytes(self.stored[key].get(file["path"], b""))
        return len(content) == file["size"] and hashlib.sha256(content).hexdigest() == file["sha256"]

    def check(self, told):
        if told["left"]:
            told["left"] -= 1
        elif self.refuses:
            told.update(state="REFUSED", stateCode=self.refuses[0], stateMessage=self.refuses[1])
        else:
            told.update(
                state="READY",
                check={"platform": "onnx_onnxv1", "loadMillis": 1.5, "inferMicros": {"p50": 120, "p99": 300}},
            )

    def file(self, request, key, path, body):
        files = self.stored[key]
        if request.command == "GET":
            if path == "manifest.json":
                told = self.versions[key]
                return self.reply(request, 200, {"model": key[0], "version": key[1], "files": told["files"]})
            return self.send(request, 200, bytes(files[unquote(path)]), "application/octet-stream")
        path, offset = unquote(path), int(request.headers.get("Upload-Offset") or 0)
        content = files.setdefault(path, bytearray())
        if not offset:
            content.clear()
        if offset != len(content):
            return self.refuse(request, 409, "wrong_offset")
        if self.breaks:
            content += body[: self.breaks.pop(0)]
            request.close_connection = True
            return None
        content += body
        return self.reply(request, 200, {"path": path, "size": len(content)})

    def refuse(self, request, status, code):
        problem = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": f"No: {code}."}
        return self.reply(request, status, problem, "application/problem+json")

    def reply(self, request, status, content, kind="application/json"):
        self.send(request, status, b"" if content is None else json.dumps(content).encode(), kind)

    def send(self, request, status, data, kind):
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
