"""Homes that a pod's server cannot use as it would."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchtop_local.failure import StartFailed
from benchtop_pod.storage import prepare_storage

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pods run on Linux only")


class TestHomesThatCannotBeWritten:
    """On a small tmpfs; only the superuser may mount one."""

    @pytest.fixture
    def small(self, pod):
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", pod.home], capture_output=True, text=True
        )
        if mounted.returncode:
            pytest.skip(f"no small disk can be made here: {mounted.stderr.strip()}")
        yield pod
        subprocess.run(["umount", pod.home], check=True)

    def test_f17_a_full_home_still_starts(self, small):
        # Given
        fill(small.home)

        # When
        code, out, err = small.has_jupyter().run()

        # Then
        env = json.loads(out)["env"]
        assert code == 0
        assert "is full. Free some space" in err
        assert "Packages that are installed now end with the pod" in err
        rescue = str(Path(small.environ["JUPYTER_RUNTIME_DIR"]) / "rescue")
        assert [env[name].startswith(rescue) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")] == [
            True
        ] * 3
        assert env["PATH"].startswith(f"{rescue}/env/bin:")
        assert str(small.home / ".local/share/jupyter") in env["JUPYTER_PATH"]

    def test_a_full_home_keeps_the_packages_that_it_has(self, small):
        # Given
        small.has_jupyter().shown()
        fill(small.home)

        # When
        env = small.shown()["env"]

        # Then
        assert env["PATH"].startswith(f"{small.home}/.benchtop/exp/env/bin:")

    def test_a_read_only_home_still_starts(self, small):
        # Given
        subprocess.run(["mount", "-o", "remount,ro", small.home], check=True)

        # When
        code, _, err = small.has_jupyter().run()

        # Then
        assert code == 0
        assert "Read-only file system" in err


def test_a_home_that_is_not_there_is_told(tmp_path):
    # When
    with pytest.raises(StartFailed) as failed:
        prepare_storage(tmp_path / "none", "exp", tmp_path, Path(sys.executable), tmp_path, print)

    # Then
    assert failed.value.code == "HOME_UNUSABLE"


def fill(home):
    with (home / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            pass
