"""A small service that keeps datasets in memory and can be told to break: no framework, a dictionary of files."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

NAME = "sales/orders"
WHEN = "2026-11-21T09:00:00Z"


def version(number=1, format="parquet", columns=(), files=None, rows=None, partitions=()):
    """A version as the wire tells it."""
    files = files or {}
    return {
        "number": number, "createdAt": WHEN, "createdBy": "alice", "note": "", "format": format, "rows": rows,
        "bytes": sum(map(len, files.values())), "fileCount": len(files), "digest": "0" * 64,
        "columns": [{"name": name, "type": kind, "nullable": True} for name, kind in columns],
        "partitions": list(partitions), "run": None, "workspace": None,
    }  # fmt: skip


class DatasetService:
    """Serves one dataset ``sales/orders`` and takes uploads to any.

    ``asked`` are method, path and headers of each request; ``breaks`` are numbers of body bytes after which the next
    answers with files end; ``presigned`` gives addresses of a second server, which refuses those that ``expire``.
    """

    def __init__(self, told, files=None, partitions=None, arrow=None, presigned=False, path=None, pinned=True):
        self.told, self.files, self.partitions, self.arrow = told, files or {}, partitions or {}, arrow
        self.presigned, self.path, self.pinned = presigned, path, pinned
        self.asked, self.opened, self.breaks, self.statuses = [], [], [], []
        self.uploads, self.notes, self.committed, self.aborted, self.known = {}, [], [], [], {NAME}
        self.signature, self.valid = 1, 1
        self.store_saw_token = False
        service = self

        class Own(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                service.answer(self)

            do_POST = do_PUT = do_DELETE = do_GET

            def log_message(self, *_):
                pass

        class Store(Own):
            def do_GET(self):
                service.give(self)

        self._servers = [ThreadingHTTPServer(("127.0.0.1", 0), kind) for kind in (Own, Store)]
        self.url, self.store = (f"http://127.0.0.1:{server.server_port}" for server in self._servers)

    def answer(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        path = urlsplit(request.path).path
        self.asked.append((request.command, request.path, dict(request.headers)))
        if request.headers.get("Authorization") != "Bearer case-token":
            return self.refuse(request, 401, "unauthenticated")
        if self.statuses and "/files/" in path:
            return self.refuse(request, self.statuses.pop(0), "source_away")
        if path.endswith("/arrow"):
            return self.stream(request)
        if "/uploads" in path:
            return self.upload(request, path, body)
        if found := re.fullmatch(r".*/versions/1/files/(.*)", path):
            return self.send_file(request, unquote(found[1]))
        return self.tell(request, path, body)

    def tell(self, request, path, body):
        if path == f"/api/v1/datasets/{NAME}:open":
            self.opened.append(json.loads(body))
            return self.reply(request, 200, self.plan())
        if path == "/api/v1/datasets" and request.command == "POST":
            self.known.add(json.loads(body)["name"])
            return self.reply(request, 201, self.summary(json.loads(body)["name"]))
        if path == "/api/v1/datasets":
            return self.reply(request, 200, {"datasets": [self.summary(name) for name in sorted(self.known)]})
        if path.endswith("/versions"):
            return self.reply(request, 200, {"versions": [self.told]})
        if re.fullmatch(r".*/versions/1", path):
            return self.reply(request, 200, {**self.told, "files": []})
        if (name := path.removeprefix("/api/v1/datasets/")) in self.known:
            return self.reply(request, 200, self.summary(name))
        return self.refuse(request, 404, "not_found")

    def plan(self):
        names = [{"path": path, "size": len(content), "rows": None, "sha256": None, "url": self.url_of(path),
                  "transport": "presigned" if self.presigned else "raw",
                  "partition": self.partitions.get(path, {})} for path, content in self.files.items()]  # fmt: skip
        for entry in names:
            entry.update(getattr(self, "changes", {}).get(entry["path"], {}))
        return {"read": "rd_1", "dataset": NAME, "version": self.told, "columns": self.told["columns"],
                "expiresAt": WHEN, "files": names, "path": self.path, "pinned": self.pinned, "note": None,
                "arrow": f"/api/v1/datasets/{NAME}/reads/rd_1/arrow" if self.arrow is not None else None}  # fmt: skip

    def url_of(self, path):
        if self.presigned:
            self.signature = max(self.signature, self.valid)
            return f"{self.store}/bucket/{path}?signature=secret-{self.signature}"
        return f"/api/v1/datasets/{NAME}/versions/1/files/{path}"

    def give(self, request):
        self.store_saw_token |= "Authorization" in request.headers
        if not request.path.endswith(f"signature=secret-{self.valid}"):
            self.signature = self.valid
            return self.refuse(request, 403, "AccessDenied")
        return self.send_file(request, unquote(urlsplit(request.path).path.removeprefix("/bucket/")))

    def send_file(self, request, path):
        content = self.files[path]
        first, last = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers["Range"]).groups()
        piece = content[int(first) : int(last) + 1]
        request.send_response(206)
        request.send_header("Content-Range", f"bytes {first}-{int(first) + len(piece) - 1}/{len(content)}")
        request.send_header("Content-Length", str(len(piece)))
        request.end_headers()
        if self.breaks:
            piece = piece[: self.breaks.pop(0)]
            request.close_connection = True
        return request.wfile.write(piece)

    def stream(self, request):
        request.send_response(200)
        request.send_header("Content-Type", "application/vnd.apache.arrow.stream")
        request.send_header("Connection", "close")
        request.end_headers()
        request.close_connection = True
        cut = self.breaks.pop(0) if self.breaks else len(self.arrow)
        try:
            request.wfile.write(self.arrow[:cut])
        except OSError:
            self.cancelled = True

    def upload(self, request, path, body):
        base, _, rest = path.removeprefix("/api/v1/datasets/").partition("/uploads")
        if base not in self.known:
            return self.refuse(request, 404, "not_found")
        if not rest:
            self.notes.append(json.loads(body))
            self.uploads["up_1"] = {}
        files = self.uploads.get("up_1", {})
        if rest.endswith(":commit"):
            self.committed.append({name: bytes(content) for name, content in files.items()})
            return self.reply(request, 201, version(2, files=files))
        if request.command == "DELETE":
            self.aborted.append(self.uploads.pop("up_1"))
            return self.reply(request, 204, None)
        if request.command == "PUT":
            return self.put(request, files, unquote(rest.partition("/files/")[2]), body)
        told = [{"path": name, "size": len(content)} for name, content in files.items()]
        return self.reply(request, 201 if not rest else 200, {"id": "up_1", "files": told, "expiresAt": WHEN})

    def put(self, request, files, name, body):
        offset = int(parse_qs(urlsplit(request.path).query)["offset"][0])
        content = files.setdefault(name, bytearray()) if offset else files.__setitem__(name, bytearray()) or files[name]
        if offset != len(content):
            return self.refuse(request, 409, "wrong_offset")
        if self.breaks:
            content += body[: self.breaks.pop(0)]
            request.close_connection = True
            return None
        content += body
        return self.reply(request, 200, {"path": name, "size": len(content)})

    def summary(self, name):
        latest = self.told if name == NAME else None
        return {"name": name, "description": "", "owner": "alice", "tags": {}, "kind": "managed", "latest": latest,
                "changedAt": WHEN, "source": {"kind": "managed"}, "readers": [], "mine": True, "createdAt": WHEN}  # fmt: skip

    def refuse(self, request, status, code):
        problem = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": f"No: {code}."}
        return self.reply(request, status, problem, "application/problem+json")

    def reply(self, request, status, content, kind="application/json"):
        data = b"" if content is None else json.dumps(content).encode()
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def ranges(self):
        """Of every request for a file."""
        return [headers["Range"] for _, _, headers in self.asked if "Range" in headers]

    def __enter__(self):
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        for server in self._servers:
            server.shutdown()
            server.server_close()
