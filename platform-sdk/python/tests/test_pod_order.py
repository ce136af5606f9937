"""What a pod's server is told, and the start line that is computed from it."""

from pathlib import Path

import pytest

from benchtop_local.failure import StartFailed
from benchtop_pod.image import Image
from benchtop_pod.order import read_order
from benchtop_pod.start_line import compute_start_line
from benchtop_pod.storage import Storage
from pod_image import ORDER
from running_server import START_LINE, filled


def test_starts_with_the_flags_of_local_mode_except_where_a_pod_differs(tools):
    # Given
    image = Image(Path("/opt/conda/bin/python"), "jupyterlab", {"PATH": "/opt/conda/bin:/bin"})
    values = {"{home}": "/home/benchtop", "{user}": "alice", "{slug}": "exp", "{port}": "8888", "{secure}": "True"}
    values |= {"{workspace}": "ws_7kq2m4xw3abc", "{server}": "/run/benchtop/server", "127.0.0.1": "0.0.0.0"}
    local = filled(START_LINE["argv"], values)

    # When
    line = compute_start_line(read_order(ORDER), image, Storage(None, None), tools)

    # Then
    assert line.argv[:5] == ("/opt/conda/bin/python", "-P", "-s", "-m", "jupyterlab")
    assert list(line.argv[5:]) == local[4:]


def test_sets_every_variable_of_local_mode(tools):
    # Given
    image = Image(Path("/usr/bin/python3"), "jupyterlab", {**ORDER, "PATH": "/bin", "JAVA_HOME": "/jdk"})

    # When
    line = compute_start_line(read_order(ORDER), image, Storage(Path("/overlay"), None), tools)

    # Then
    assert set(START_LINE["env"]) <= set(line.env)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BENCHTOP_WORKSPACE", None, "BENCHTOP_WORKSPACE is not set"),
        ("BENCHTOP_PORT", "x", "BENCHTOP_PORT must be a port; it is 'x'"),
        ("BENCHTOP_SLUG", "../x", "BENCHTOP_SLUG must be the name of a folder"),
        ("BENCHTOP_BASE_URL", "user", "BENCHTOP_BASE_URL must be a path between slashes"),
        ("BENCHTOP_SECURE", "yes", "BENCHTOP_SECURE must be true or false"),
        ("HOME", "home", "HOME must be an absolute path"),
    ],
)
def test_refuses_an_order_that_is_not_whole(name, value, said):
    # Given
    order = {key: text for key, text in {**ORDER, name: value}.items() if text is not None}

    # When
    with pytest.raises(StartFailed) as failed:
        read_order(order)

    # Then
    assert said in failed.value.sentence
