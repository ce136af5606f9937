"""What is told of a run by itself: the notebook, its code, the state of git, the image, and what it has used."""

import json
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests

from benchtop.run_context import WorkspaceRunContext, code_hash, git_state
from benchtop.tracking import TokenAuthProvider
from conftest import SOURCE

RECORDED = SOURCE.parent / "cases" / "code.ipynb"
RECORDED_HASH = "63538211c8aeaeb363a237fb0b7e60f97ab0511fba424a9fecfcacdbfb2d0145"


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    return home


def context(home, **environment):
    return WorkspaceRunContext({"BENCHTOP_WORKSPACE": "ws_7kq2m4xw3abc", "HOME": str(home), **environment})


def git(folder, *arguments):
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(home):
    git(home, "init", "--quiet", "--initial-branch=trees")
    (home / "model.py").write_text("x = 1\n")
    git(home, "add", "model.py")
    git(home, "commit", "--quiet", "--message=first")
    return home


def test_a_notebook_is_told_with_the_hash_of_its_code(home):
    # Given
    folder = home / "ü b"
    folder.mkdir()
    notebook = shutil.copy(RECORDED, folder / "train.ipynb")

    # When
    tags = context(home, JPY_SESSION_NAME=str(notebook), BENCHTOP_IMAGE="registry.example/cpu:1").tags()

    # Then
    assert tags == {
        "mlflow.source.name": "ü b/train.ipynb",
        "mlflow.source.type": "NOTEBOOK",
        "benchtop.notebook.code_sha256": RECORDED_HASH,
        "benchtop.image": "registry.example/cpu:1",
    }


def test_the_hash_is_of_the_code_and_not_of_its_outputs(tmp_path):
    # Given
    notebook = json.loads(RECORDED.read_text())
    again = tmp_path / "again.ipynb"
    other = tmp_path / "other.ipynb"

    # When
    notebook["cells"][1]["outputs"] = []
    again.write_text(json.dumps(notebook))
    notebook["cells"][1]["source"] += ["\n"]
    other.write_text(json.dumps(notebook))

    # Then
    assert code_hash(again) == RECORDED_HASH
    assert code_hash(other) != RECORDED_HASH


@pytest.mark.parametrize("content", ["", "[1]", '{"cells": 5}', '{"cells": [{"cell_type": "code"}]}', "\udcff"])
def test_a_file_that_is_no_notebook_has_no_hash(tmp_path, content):
    # Given
    file = tmp_path / "broken.ipynb"
    file.write_bytes(content.encode(errors="surrogateescape"))

    # Then
    assert code_hash(file) is None


@pytest.mark.parametrize("session", ["", "/nowhere/gone.ipynb", "train.py", "\0.ipynb"])
def test_without_a_notebook_nothing_is_told_of_one(home, session, monkeypatch):
    # Given
    monkeypatch.chdir(home)

    # Then
    assert context(home, JPY_SESSION_NAME=session).tags() == {}


def test_outside_a_workspace_nothing_is_told():
    assert not WorkspaceRunContext({}).in_context()
    assert context("/").in_context()


def test_the_state_of_git_is_told(repository):
    # When
    clean = git_state(repository)
    (repository / "model.py").write_text("x = 2\n")
    changed = git_state(repository)

    # Then
    assert len(clean["mlflow.source.git.commit"]) == 40
    assert clean["mlflow.source.git.branch"] == "trees"
    assert clean["mlflow.source.git.dirty"] == "false"
    assert changed == {**clean, "mlflow.source.git.dirty": "true"}


@pytest.mark.parametrize(
    ("remote", "told"),
    [
        ("https://ada:secret@git.example:8443/team/x.git", "https://git.example:8443/team/x.git"),
        ("https://secret@git.example/x.git", "https://git.example/x.git"),
        ("https://ada:secret@git_host/x.git", "https://git_host/x.git"),
        ("https://git.example/x.git", "https://git.example/x.git"),
        ("git@git.example:team/x.git", "git@git.example:team/x.git"),
    ],
)
def test_s08_no_credential_of_a_repository_is_told(repository, remote, told):
    # Given
    git(repository, "remote", "add", "origin", remote)

    # Then
    assert git_state(repository)["mlflow.source.git.repoURL"] == told


def test_a_folder_without_git_and_a_machine_without_git_tell_nothing(home, repository, monkeypatch, tmp_path):
    # Given
    bare = tmp_path / "bare"
    bare.mkdir()

    # Then
    assert git_state(bare) == {}
    monkeypatch.setenv("PATH", str(bare))
    assert git_state(repository) == {}


class Tracking(BaseHTTPRequestHandler):
    """Answers as the service does, and remembers what it was asked."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, body, self.headers["Authorization"]))
        refused = "refuse" in body or (self.server.refuses_tags and self.path.endswith("set-tag"))
        answer = json.dumps({} if refused else {"run": {"info": {"run_id": f"r{len(self.server.asked)}"}}}).encode()
        self.send_response(400 if refused else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def tracking():
    with ThreadingHTTPServer(("127.0.0.1", 0), Tracking) as server:
        server.asked = []
        server.refuses_tags = False
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def post(tracking, tmp_path):
    token = tmp_path / "token"
    token.write_text("secret")
    url = f"http://127.0.0.1:{tracking.server_port}"
    provider = TokenAuthProvider({"BENCHTOP_URL": url, "BENCHTOP_TOKEN_FILE": str(token)})

    def post(verb, **body):
        # As MLflow's client does: the provider is asked before each request.
        return requests.post(
            f"{url}/mlflow/api/2.0/mlflow/runs/{verb}", json=body, auth=provider.get_auth(), timeout=10
        )

    return post


def burn_a_little():
    sum(n * n for n in range(300_000))


def test_a_run_that_ends_tells_first_what_it_used(tracking, post):
    # Given
    run = post("create", experiment_id="0").json()["run"]["info"]["run_id"]

    # When
    burn_a_little()
    post("update", run_id=run, run_name="renamed")
    post("update", run_id=run, status="FINISHED")
    post("update", run_id=run, status="FINISHED")

    # Then
    told = [(path.rpartition("/")[2], body.get("key"), authorization) for path, body, authorization in tracking.asked]
    assert told == [
        ("create", None, "Bearer secret"),
        ("update", None, "Bearer secret"),
        ("set-tag", "benchtop.used.cpu_seconds", "Bearer secret"),
        ("set-tag", "benchtop.used.peak_memory_bytes", "Bearer secret"),
        ("update", None, "Bearer secret"),
        ("update", None, "Bearer secret"),
    ]
    used = {body["key"]: float(body["value"]) for _, body, _ in tracking.asked if "key" in body}
    assert 0 < used["benchtop.used.cpu_seconds"] < 60
    assert used["benchtop.used.peak_memory_bytes"] > 5_000_000
    assert {body["run_id"] for _, body, _ in tracking.asked if "key" in body} == {run}


def test_a_run_ends_although_what_it_used_was_refused(tracking, post):
    # Given
    tracking.refuses_tags = True
    run = post("create", experiment_id="0").json()["run"]["info"]["run_id"]

    # Then
    assert post("update", run_id=run, status="FAILED").status_code == 200


def test_a_run_that_was_refused_or_made_elsewhere_is_left_alone(tracking, post):
    # When
    post("create", refuse=True)
    post("update", run_id="elsewhere", status="KILLED")

    # Then
    assert len(tracking.asked) == 2


def test_mlflow_finds_the_provider_where_the_sdk_only_lies_on_the_path(sdk_on_a_path):
    # Then
    [entry] = sdk_on_a_path.entry_points.select(group="mlflow.run_context_provider")
    assert entry.load() is WorkspaceRunContext
