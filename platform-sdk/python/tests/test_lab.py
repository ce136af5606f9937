"""A real JupyterLab from the prepared environment, started as the service starts it."""

import json
import re
import time
from pathlib import Path

import pytest

import conftest
from running_server import alive, environment_of, wait_for

pytestmark = pytest.mark.environment
DEMOS = Path(__file__).parents[3] / "kernel-images" / "demos"


def code_cells(demo):
    notebook = json.loads((DEMOS / f"{demo}.ipynb").read_text())
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def python(server):
    kernel = server.kernel("python3")
    yield kernel
    kernel.close()


@pytest.fixture(scope="module")
def java(server):
    kernel = server.kernel("java")
    yield kernel
    kernel.close()


def test_runs_python(python):
    assert python.run("print(sum(range(101)))") == [("stdout", "5050\n")]


def test_runs_java(java):
    assert ("text/plain", "5050") in java.run("java.util.stream.IntStream.rangeClosed(1, 100).sum()")


def test_a_java_error_is_an_error(java):
    assert java.run("undefined + 1")[0][0] == "error"


def test_the_python_sdk_is_preloaded(python):
    assert python.run("bt.whoami().name") == [("text/plain", "'alice'")]


def test_the_python_demo_runs_as_it_is(server, benchtop_service):
    # Given
    kernel = server.kernel("python3")

    # When
    shown = [output for cell in code_cells("python") for output in kernel.run(cell)]
    kernel.close()

    # Then
    assert [text for kind, text in shown if kind == "error"] == []
    words = "\n".join(text for _, text in shown)
    assert "Alice Example" in words
    assert "300 MiB of 2.0 GiB" in words
    assert "| 100 | 25 |" in words
    assert {"duration": "PT30M", "reason": "trying the Python demo"} in benchtop_service.kept


@pytest.fixture
def java_sdk():
    if not conftest.java_sdk():
        pytest.skip("the Java SDK is not built; run: mvn -Dquick -pl platform-sdk/java -am package")


@pytest.mark.usefixtures("java_sdk")
def test_the_java_sdk_is_preloaded(java):
    assert ("text/plain", "alice") in java.run("Benchtop.whoami().name()")


@pytest.mark.usefixtures("java_sdk")
def test_the_java_demo_runs_as_it_is(server, benchtop_service):
    # Given
    kernel = server.kernel("java")

    # When
    shown = [output for cell in code_cells("java") for output in kernel.run(cell)]
    kernel.close()

    # Then
    assert [text for kind, text in shown if kind == "error"] == []
    words = "\n".join(text for _, text in shown)
    assert "Alice Example" in words
    assert "300 MiB of 2.0 GiB" in words
    assert "1,000,000   78,498   72,382" in words
    assert {"duration": "PT30M", "reason": "trying the Java demo"} in benchtop_service.kept


def test_demos_are_stored_without_outputs():
    for demo in DEMOS.glob("*.ipynb"):
        for cell in json.loads(demo.read_text())["cells"]:
            assert not cell.get("outputs"), demo
            assert not cell.get("execution_count"), demo


def test_a_new_home_has_the_demos_and_nothing_deleted_comes_back(server, new_server):
    # Given
    assert {path.name for path in (server.home / "demos").iterdir()} == {path.name for path in DEMOS.iterdir()}
    again = new_server().start()
    (again.home / "demos" / "java.ipynb").unlink()
    again.stop()

    # When
    again.start()
    again.stop()

    # Then
    assert not (again.home / "demos" / "java.ipynb").exists()


def test_the_server_sees_exactly_the_environment_it_was_given(server):
    # Given
    lab = json.loads((server.directory / "server.json").read_text())["pid"]

    # Then
    assert environment_of(lab) == server.env


def test_s08_no_secret_stands_in_a_command_line(server, python):
    # Given
    secrets = {(server.directory / name).read_text().strip().encode() for name in ("identity.key", "token")}

    # Then
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_bytes()
        except OSError:
            continue
        assert not any(secret in line for secret in secrets)


def test_s08_the_log_holds_no_identity_header(server):
    # Given
    token = server.identity(aud="workspace:ws_other")

    # When
    server.ask("api/kernels", identity=[token])
    server.ask("files/missing-canary", identity=[token])

    # Then: the shim writes the log, so a line comes a moment after the answer
    def log():
        return (server.directory / "server.log").read_text()

    wait_for(lambda: "refused an identity header: meant for another server" in log())
    wait_for(lambda: "missing-canary" in log())
    assert token.rpartition(".")[2] not in log()


def test_the_page_has_no_token_and_knows_the_way_back(server):
    # When
    status, _, page = server.ask("lab")

    # Then
    assert status == 200
    config = json.loads(re.search(rb'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    assert config["token"] == ""
    assert (config["hubPrefix"], config["hubUser"], config["hubServerName"]) == ("/workspaces/", "alice", "exp")


def test_the_cookie_stays_on_this_workspaces_path(server):
    # When
    _, headers, _ = server.ask("lab")

    # Then
    assert "Path=/user/alice/exp/" in headers["Set-Cookie"]


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.xhtml"])
def test_s39_files_are_served_in_a_sandbox(server, name):
    # Given
    (server.home / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")

    # When
    status, headers, _ = server.ask(f"files/{name}")

    # Then
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert "sandbox" in policy or headers.get("Content-Disposition", "").startswith("attachment")
    assert "allow-same-origin" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_s39_a_browsers_request_for_a_file_from_elsewhere_is_refused(server):
    # Given
    (server.home / "y.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    browser = [server.identity()]

    # Then
    assert server.ask("files/y.svg", identity=browser, headers=[("Referer", "http://evil.example/")])[0] == 403
    assert server.ask("files/y.svg", identity=browser)[0] == 403


def test_activity_tells_kernels_and_terminals_and_is_none_itself(server, python):
    # Given
    server.ask("api/terminals", "POST", {})
    before = json.loads(server.ask("api/status")[2])["last_activity"]

    # When
    status, _, body = server.ask("api/benchtop/activity")

    # Then
    activity = json.loads(body)
    assert status == 200
    kernel = next(kernel for kernel in activity["kernels"] if kernel["id"] == python.id)
    assert (kernel["name"], kernel["state"], kernel["connections"]) == ("python3", "idle", 1)
    assert activity["terminals"][0]["name"] == "1"
    assert json.loads(server.ask("api/status")[2])["last_activity"] == before


def test_a_job_in_a_terminal_is_seen(new_server):
    # Given
    server = new_server().start()
    server.ask("api/terminals", "POST", {})
    wait_for(lambda: children(server) == 0)  # the shell has read its profile

    # When
    terminal = server.connect("terminals/websocket/1")
    terminal.send(json.dumps(["stdin", "sleep 1000\r"]))

    # Then
    wait_for(lambda: children(server) == 1)
    terminal.close()


def children(server):
    return json.loads(server.ask("api/benchtop/activity")[2])["terminals"][0]["children"]


def test_what_is_installed_in_a_workspace_stays_in_its_overlay(server, python):
    # Given
    where = python.run("import sys; print(sys.prefix)")[0][1].strip()

    # When: a package of its own shadows a shared one, for kernels only
    shadow = server.directory / "env" / "lib"
    (next(shadow.glob("python3*")) / "site-packages" / "jinja2.py").write_text("broken = True")
    kernel = server.kernel("python3")
    seen = kernel.run("import jinja2; print(jinja2.broken)")
    kernel.close()

    # Then
    assert where == str(server.directory / "env")
    assert seen == [("stdout", "True\n")]
    assert server.ask("lab")[0] == 200


def test_pip_of_the_workspace_installs_into_the_overlay(server, python):
    # When
    told = python.run(
        "import subprocess, sys; print(subprocess.run([sys.executable, '-m', 'pip', 'uninstall', '-y', 'tornado'], capture_output=True, text=True))"
    )

    # Then
    assert "outside environment" in told[0][1]


def test_kernels_with_sessions_of_their_own_end_with_the_server(new_server):
    # Given
    server = new_server().start()
    kernels = [server.kernel("python3"), server.kernel("java")]
    child = int(
        kernels[0].run("import subprocess; print(subprocess.Popen(['sleep', '1000'], start_new_session=True).pid)")[0][
            1
        ]
    )
    assert alive(child)

    # When
    exit_record = server.stop()

    # Then
    assert (exit_record["reasonCode"], exit_record["generation"]) == ("STOPPED", 1)
    assert not alive(child)
    marked = [p for p in Path("/proc").glob("[0-9]*/environ") if str(server.directory).encode() in read(p)]
    assert marked == []


def test_a_taken_port_is_told(new_server, server):
    # Given
    second = new_server()
    order = json.loads((second.directory / "launch.json").read_text())
    order["argv"] = [part.replace(str(second.port), str(server.port)) for part in order["argv"]]
    (second.directory / "launch.json").write_text(json.dumps(order))
    second.port = 1

    # When
    with pytest.raises(AssertionError):
        second.start()

    # Then
    record = json.loads((second.directory / "exit.json").read_text())
    assert (record["code"], record["reasonCode"]) == (1, "PORT_TAKEN")


def test_fails_closed_without_a_key(new_server):
    # Given
    server = new_server()
    (server.directory / "identity.key").write_text("dG9vIHNob3J0")

    # When
    with pytest.raises(AssertionError) as failed:
        server.start()

    # Then
    assert "32 are needed" in str(failed.value)


def test_says_how_long_it_took(new_server, capsys):
    # Given
    server = new_server().start()
    times = {"lab answers": server.seconds_to_ready}

    # When
    for name, cell in (("python3", "1 + 1"), ("java", "1 + 1")):
        begun = time.monotonic()
        server.kernel(name).run(cell)
        times[f"first result of {name}"] = time.monotonic() - begun
    server.stop()

    # Then
    with capsys.disabled():
        print("\n" + ", ".join(f"{name}: {seconds:.2f} s" for name, seconds in times.items()))


def read(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""
