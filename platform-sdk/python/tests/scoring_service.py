"""The registry of ``model_service`` with datasets beside it, whose uploads become versions as those of the real service."""

import hashlib
import io
import json
import re
import threading
from urllib.parse import parse_qs, unquote, urlsplit

import pyarrow.ipc
import pyarrow.parquet

from dataset_service import WHEN
from model_service import ModelService

PATH = re.compile(r"/api/v1/datasets/([^/:]+/[^/:]+)(?:([:/])(.*))?")


class ScoringService(ModelService):
    """``contents`` are the files of versions by dataset, oldest first; ``uploads`` the files of uploads by id.

    ``damages`` changes what a commit keeps. ``streams`` are rows that come as a stream of Arrow, by dataset; ``sent`` the
    paths of pieces that came.
    """

    def __init__(self):
        super().__init__()
        self.contents, self.versions_of, self.uploads, self.streams = {}, {}, {}, {}
        self.damages, self.pinned = (lambda files: files), True
        self.sent = []
        self._lock = threading.Lock()

    def give(self, name, files, partitions=(), format="parquet"):
        """Adds a version; files are tables or bytes by path."""
        content = {path: each if isinstance(each, bytes) else parquet(each) for path, each in files.items()}
        return self.add_version(name, content, note="", partitions=partitions, format=format)

    def add_version(self, name, files, note, partitions=(), format="parquet"):
        versions = self.versions_of.setdefault(name, [])
        hashes = {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}
        manifest = "".join(f"{path}\t{len(files[path])}\t{sha256}\n" for path, sha256 in hashes.items())
        tables = (
            [table(content) for content in files.values()] if format in ("parquet", "arrow") else [self.streams[name]]
        )
        versions.append({
            "number": len(versions) + 1, "createdAt": WHEN, "createdBy": "alice", "note": note, "format": format,
            "rows": sum(each.num_rows for each in tables), "bytes": sum(map(len, files.values())),
            "fileCount": len(files), "digest": hashlib.sha256(manifest.encode()).hexdigest(),
            "columns": [{"name": each, "type": "other", "nullable": True} for each in tables[0].schema.names],
            "partitions": list(partitions), "run": None, "workspace": None, "hashes": hashes,
        })  # fmt: skip
        self.contents.setdefault(name, []).append(files)
        return versions[-1]

    def answer(self, request):
        found = PATH.fullmatch(urlsplit(request.path).path)
        if urlsplit(request.path).path == "/api/v1/datasets":
            return self.create(request)
        if not found:
            return super().answer(request)
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        self.asked.append((request.command, request.path, dict(request.headers)))
        name, kind, rest = found.groups()
        if name not in self.versions_of:
            return self.refuse(request, 404, "not_found")
        if kind is None:
            return self.reply(request, 200, self.summary(name))
        if kind == ":":
            return self.reply(request, 200, self.plan(name, json.loads(body)))
        if rest.startswith("uploads"):
            with self._lock:
                return self.upload(request, name, rest.removeprefix("uploads"), body)
        return self.read(request, name, rest)

    def create(self, request):
        name = json.loads(request.rfile.read(int(request.headers["Content-Length"])))["name"]
        self.versions_of[name] = []
        return self.reply(request, 201, self.summary(name))

    def summary(self, name):
        latest = self.versions_of[name][-1] if self.versions_of[name] else None
        return {"name": name, "description": "", "owner": "alice", "tags": {}, "kind": "managed", "latest": latest,
                "changedAt": WHEN, "source": {"kind": "managed"}, "readers": [], "mine": True, "createdAt": WHEN}  # fmt: skip

    def plan(self, name, asked):
        told = self.versions_of[name][asked.get("version", 0) - 1]
        at, number = f"/api/v1/datasets/{name}", told["number"]
        files = [
            {"path": path, "size": len(content), "rows": None, "sha256": told["hashes"][path],
             "url": f"{at}/versions/{number}/files/{path}", "transport": "raw",
             "partition": dict(each.split("=") for each in path.split("/")[:-1] if "=" in each)}
            for path, content in sorted(self.contents[name][number - 1].items())
        ]  # fmt: skip
        return {"read": "rd_1", "dataset": name, "version": told, "columns": told["columns"], "expiresAt": WHEN,
                "files": files, "path": None, "pinned": self.pinned, "note": None,
                "arrow": f"{at}/reads/rd_1/arrow" if name in self.streams else None}  # fmt: skip

    def read(self, request, name, rest):
        if rest == "reads/rd_1/arrow":
            return self.send(request, 200, stream(self.streams[name]), "application/vnd.apache.arrow.stream")
        if rest == "versions":
            return self.reply(request, 200, {"versions": self.versions_of[name][::-1]})
        number, _, path = rest.removeprefix("versions/").partition("/files/")
        if not path:
            told = self.versions_of[name][int(number) - 1]
            files = [{"path": each, "size": 1, "sha256": sha256} for each, sha256 in told["hashes"].items()]
            return self.reply(request, 200, {**told, "files": files})
        first, last = map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers["Range"]).groups())
        content = self.contents[name][int(number) - 1][unquote(path)]
        piece = content[first : last + 1]
        request.send_response(206)
        request.send_header("Content-Range", f"bytes {first}-{first + len(piece) - 1}/{len(content)}")
        request.send_header("Content-Length", str(len(piece)))
        request.end_headers()
        return request.wfile.write(piece)

    def upload(self, request, name, rest, body):
        if not rest:
            upload = f"up_{len(self.uploads) + 1}"
            self.uploads[upload] = {
                "dataset": name,
                "note": json.loads(body).get("note", ""),
                "files": {},
                "version": None,
            }
            return self.reply(request, 201, {"id": upload, "files": [], "expiresAt": WHEN})
        upload = re.match(r"/(up_\d+)", rest)[1]
        if upload not in self.uploads:
            return self.refuse(request, 404, "not_found")
        state = self.uploads[upload]
        if request.command == "DELETE":
            del self.uploads[upload]
            return self.reply(request, 204, None)
        if request.command == "GET":
            files = [{"path": path, "size": len(content)} for path, content in state["files"].items()]
            return self.reply(request, 200, {"id": upload, "files": files, "expiresAt": WHEN})
        if rest.endswith(":commit"):
            if state["version"] is None:
                files = self.damages({path: bytes(content) for path, content in state["files"].items()})
                state["version"] = self.add_version(name, files, state["note"])
            return self.reply(request, 201, state["version"])
        if state["version"] is not None:
            return self.refuse(request, 409, "conflict")
        return self.put(request, state["files"], unquote(rest.partition("/files/")[2]), body)

    def put(self, request, files, path, body):
        offset = int(parse_qs(urlsplit(request.path).query)["offset"][0])
        content = files.setdefault(path, bytearray())
        if offset not in (0, len(content)):
            return self.refuse(request, 409, "wrong_offset")
        if not offset:
            content.clear()
        self.sent.append(path)
        content += body
        return self.reply(request, 200, {"path": path, "size": len(content)})


def parquet(rows):
    sink = io.BytesIO()
    pyarrow.parquet.write_table(rows, sink)
    return sink.getvalue()


def arrow(rows):
    sink = io.BytesIO()
    with pyarrow.ipc.new_file(sink, rows.schema) as writer:
        writer.write_table(rows)
    return sink.getvalue()


def stream(rows):
    sink = io.BytesIO()
    with pyarrow.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows)
    return sink.getvalue()


def table(content):
    source = io.BytesIO(content)
    return pyarrow.parquet.read_table(source) if content[:4] == b"PAR1" else pyarrow.ipc.open_file(source).read_all()
