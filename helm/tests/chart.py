"""The chart as Helm renders it."""

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import yaml

CHART = Path(__file__).parents[1] / "benchtop"
ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((CHART / "values.schema.json").read_text())
VALUES = yaml.safe_load((CHART / "values.yaml").read_text())
CASES = sorted(file.name.removesuffix("-values.yaml") for file in (CHART / "ci").glob("*-values.yaml"))
HELM = shutil.which("helm")
# A Helm that was compiled by hand takes itself to be for a very old Kubernetes.
RELEASE = ["benchtop", str(CHART), "--namespace", "benchtop", "--kube-version", "1.34.0"]


def helm(*arguments):
    return subprocess.run([HELM, *arguments], capture_output=True, text=True)


def case(name):
    return ["--values", str(CHART / "ci" / f"{name}-values.yaml")]


def refusal(*arguments):
    """What Helm says when it does not render these values."""
    done = helm("template", *RELEASE, *arguments)
    assert done.returncode != 0, "rendered although it should not"
    return done.stderr


def text(*arguments):
    done = helm("template", *RELEASE, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rendered(*arguments):
    """The objects, in the order in which Helm prints them."""
    return [document for document in yaml.safe_load_all(text(*arguments)) if document]


def golden(*arguments):
    """The text with what is made anew each time, and what changes with every value, written as a word."""
    result = re.sub(r"(?m)^(  (?:internal\.key|signing\.key|password): ).*$", r"\1GENERATED", text(*arguments))
    return re.sub(r"(checksum/\w+: )\w+", r"\1CHECKSUM", result)


def of_kind(objects, *kinds):
    return [found for found in objects if found["kind"] in kinds]


def pods(objects):
    """(name, pod template's or pod's spec) of everything that runs containers."""
    for found in objects:
        if found["kind"] == "Pod":
            yield found["metadata"]["name"], found["spec"]
        elif found["kind"] in ("Deployment", "StatefulSet", "DaemonSet", "Job"):
            yield found["metadata"]["name"], found["spec"]["template"]["spec"]


def containers(spec):
    return [*spec.get("initContainers", []), *spec["containers"]]


def decoded(base64_text):
    return base64.b64decode(base64_text).decode()
