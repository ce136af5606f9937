"""The registry of ``model_service`` with endpoints that really answer: ONNX Runtime behind the Open Inference Protocol."""

import json
import re
import zlib
from urllib.parse import urlsplit

import numpy
import onnxruntime

from model_service import WHEN, ModelService

_TYPES = {"FP32": "<f4", "FP64": "<f8", "INT64": "<i8"}
_NAMES = {"float32": "FP32", "float64": "FP64", "int64": "INT64"}


class ServingService(ModelService):
    """``promotions`` are the bodies of ``:promote``; ``phases`` what the next answers say of the rollout.

    ``inferences`` are the heads of requests for answers, ``statuses`` refusals of the next of those.
    """

    def __init__(self):
        super().__init__()
        self.endpoints, self.promotions, self.phases, self.rollbacks, self.tokens = {}, [], [], [], []
        self.in_force = []
        self.trials, self.outcomes, self.begun = {}, {}, []
        self.inferences, self.statuses, self.headers, self.garbage = [], [], [], None
        self.retry_after = "3"

    def answer(self, request):
        path = urlsplit(request.path).path
        if path == "/api/v1/me":
            user = {"name": "alice", "displayName": "Alice Example", "role": "developer"}
            return self.reply(
                request, 200, {"user": user, "credential": {"kind": "workspace", "expiresAt": "2026-12-26T00:00:00Z"}}
            )
        if path.startswith(("/api/v1/endpoints", "/serve/")):
            body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
            self.asked.append((request.command, request.path, dict(request.headers)))
            if path.startswith("/serve/"):
                return self.serve(request, path, body)
            return self.endpoint(request, path.removeprefix("/api/v1/endpoints").lstrip("/"), body)
        return super().answer(request)

    def endpoint(self, request, path, body):
        if not path:
            return self.reply(
                request, 200, {"endpoints": [self.told_endpoint(name) for name in sorted(self.endpoints)]}
            )
        name, _, verb = re.match(r"([a-z0-9-]+)([:/]?)(.*)", path).groups()
        if verb == "promote":
            asked = json.loads(body)
            self.promotions.append(asked)
            strategy, before = asked["strategy"], self.endpoints.get(name, {}).get("arms", {})
            if strategy["kind"] == "SPLIT":
                arms = strategy["weights"]
            elif strategy["kind"] == "CANARY":
                arms = {next(iter(before)): 100 - strategy["steps"][0], asked["version"]: strategy["steps"][0]}
            else:
                arms = {asked["version"]: 100}
            self.endpoints[name] = {"model": asked["model"], "arms": arms, "before": before}
            return self.reply(request, 202, self.told_endpoint(name))
        if name not in self.endpoints:
            return self.refuse(request, 404, "not_found")
        if verb == "rollback":
            self.rollbacks.append(json.loads(body)["reason"])
            self.endpoints[name]["arms"] = self.endpoints[name]["before"]
            return self.reply(request, 202, self.told_endpoint(name))
        if verb == "tokens":
            self.tokens.append(json.loads(body))
            return self.reply(request, 201, {"token": "secret-token", "name": self.tokens[-1]["client"]})
        if verb.startswith("trials"):
            return self.trial(request, name, verb, body)
        if verb == "outcomes":
            known = self.outcomes.setdefault(name, {})
            before, converted = len(known), sum(known.values())
            for each in json.loads(body)["outcomes"]:
                known[each["key"]] = known.get(each["key"], False) or each["converted"]
            news = {"newUsers": len(known) - before, "newConversions": sum(known.values()) - converted}
            return self.reply(request, 200, {"trial": 1, "phase": self.trials[name]["phase"], **news})
        if request.command == "DELETE":
            del self.endpoints[name]
            return self.reply(request, 204, None)
        return self.reply(request, 200, self.told_endpoint(name))

    def trial(self, request, name, verb, body):
        """One trial per endpoint; every second key met the candidate."""
        if verb == "trials" and request.command == "POST":
            self.begun.append(json.loads(body))
            self.trials[name] = {"phase": "RUNNING", "message": "Not conclusive yet."}
            return self.reply(request, 201, self.told_trial(name))
        if verb.endswith(":stop"):
            self.trials[name] = {"phase": "STOPPED", "message": "Stopped by alice."}
        if verb == "trials":
            return self.reply(request, 200, {"trials": [self.told_trial(name)] if name in self.trials else []})
        return self.reply(request, 200, self.told_trial(name))

    def told_trial(self, name):
        told = sorted(self.outcomes.get(name, {}).items())

        def side(version, outcomes):
            return {"version": version, "percent": 50.0, "users": len(outcomes), "conversions": sum(converted for _, converted in outcomes),
                    "rate": sum(converted for _, converted in outcomes) / len(outcomes) if outcomes else None}  # fmt: skip

        return {"endpoint": name, "number": 1, "metric": "conversion", **self.trials[name], "control": side("0.0.1", told[::2]),
                "candidate": side("0.0.2", told[1::2]), "plan": {"horizon": 14193}, "progress": {"users": len(told) // 2, "share": len(told) / 28386},
                "difference": {"low": -0.01, "value": 0.02, "high": 0.05} if told else None,
                "uplift": {"low": -0.1, "value": 0.2, "high": None} if told else None, "pValue": None, "startedBy": "alice",
                "startedAt": WHEN, "since": WHEN}  # fmt: skip

    def told_endpoint(self, name):
        endpoint = self.endpoints[name]
        phase, message, *code = self.phases.pop(0) if self.phases else ("STABLE", None)
        arms = [
            {"version": version, "percent": percent, "state": "READY", "stateMessage": None, "replicas": 1, "readyReplicas": 1,
             "requests": 7, "errorRate": 0.0, "p50Millis": 1.5, "p99Millis": 4}
            for version, percent in endpoint["arms"].items()
        ]  # fmt: skip
        return {"name": name, "owner": "alice", "model": endpoint["model"], "url": f"/serve/{name}", "arms": arms, "shadow": None,
                "rollout": {"phase": phase, "step": None, "steps": [], "message": message or "", "code": code[0] if code else None, "since": WHEN},
                "inForce": self.in_force.pop(0) if self.in_force else True,
                "callers": ["alice"], "history": [], "settings": {}, "createdAt": WHEN, "changedAt": WHEN}  # fmt: skip

    def serve(self, request, path, body):
        name = path.split("/")[2]
        if self.statuses:
            status = self.statuses.pop(0)
            return self.send(
                request,
                status,
                json.dumps({"error": f"busy with {status}"}).encode(),
                "application/json",
                {"Retry-After": self.retry_after},
            )
        version = self.chosen(name, request.headers.get("X-Subject", ""))
        if "/versions/" in path:
            version = path.split("/versions/")[1].split("/")[0]
        key = (self.endpoints[name]["model"], version)
        if key not in self.stored:
            return self.send(
                request, 404, json.dumps({"error": f"There is no version {version}."}).encode(), "application/json"
            )
        if request.command == "GET":
            return self.reply(request, 200, {"name": name, **self.versions[key]["signature"]})
        if self.garbage is not None:
            return self.send(request, 200, self.garbage, "text/html")
        return self.infer(request, key, body)

    def chosen(self, name, subject):
        """The same version for the same subject, by the shares of the arms; the first for nobody."""
        bucket = zlib.crc32(subject.encode()) % 100 if subject else 0
        for version, percent in self.endpoints[name]["arms"].items():
            bucket -= percent
            if bucket < 0:
                return version
        raise AssertionError("The arms do not share all of it.")

    def infer(self, request, key, body):
        at = int(request.headers["Inference-Header-Content-Length"])
        asked = json.loads(body[:at])
        self.inferences.append(asked)
        self.headers.append(dict(request.headers))
        inputs = {}
        for tensor in asked["inputs"]:
            raw = body[at : at + tensor["parameters"]["binary_data_size"]]
            at += len(raw)
            inputs[tensor["name"]] = array(tensor, raw)
        session = onnxruntime.InferenceSession(bytes(self.stored[key]["model.onnx"]))
        names = [each["name"] for each in asked.get("outputs", [])] or [each.name for each in session.get_outputs()]
        try:
            answers = session.run(names, inputs)
        except Exception as error:
            return self.send(request, 400, json.dumps({"error": str(error)}).encode(), "application/json")
        pieces = [raw_of(answer) for answer in answers]
        told = [
            {"name": name, "datatype": _NAMES.get(str(answer.dtype), "BYTES"), "shape": list(answer.shape), "parameters": {"binary_data_size": len(piece)}}
            for name, answer, piece in zip(names, answers, pieces, strict=True)
        ]  # fmt: skip
        head = json.dumps({"model_name": key[0], "outputs": told}).encode()
        further = {
            "Inference-Header-Content-Length": len(head),
            "X-Model-Version": key[1],
            "X-Experiment-Arm": f"arm-{key[1]}",
        }
        return self.send(request, 200, head + b"".join(pieces), "application/octet-stream", further)

    def send(self, request, status, data, kind, headers=None):
        request.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": len(data), **(headers or {})}.items():
            request.send_header(name, str(value))
        request.end_headers()
        request.wfile.write(data)


def array(tensor, raw):
    if tensor["datatype"] != "BYTES":
        return numpy.frombuffer(raw, _TYPES[tensor["datatype"]]).reshape(tensor["shape"])
    texts = []
    while raw:
        length = int.from_bytes(raw[:4], "little")
        texts.append(raw[4 : 4 + length].decode())
        raw = raw[4 + length :]
    return numpy.array(texts, dtype=object).reshape(tensor["shape"])


def raw_of(answer):
    if answer.dtype != object:
        return answer.tobytes()
    return b"".join(len(each.encode()).to_bytes(4, "little") + each.encode() for each in answer.ravel())
