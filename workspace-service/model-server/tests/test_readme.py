"""What README.md shows works."""

import json
import os
import re
import subprocess

from conftest import MODULE, end, free_port, wait


def test_its_examples_work(tmp_path):
    start, ask = re.findall(r"```sh\n(.*?)```", (MODULE / "README.md").read_text(), re.DOTALL)
    port, ready, log = str(free_port()), tmp_path / "ready.json", tmp_path / "log"
    start = start.replace("8080", port).replace("target/ready.json", str(ready))
    path = f"{os.environ['JAVA_HOME']}/bin:{os.environ['PATH']}" if "JAVA_HOME" in os.environ else os.environ["PATH"]
    with log.open("w") as out:
        process = subprocess.Popen(
            ["sh", "-c", start],
            cwd=MODULE,
            env=os.environ | {"PATH": path},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        wait(process, log, ready.exists)
        asked = subprocess.run(["sh", "-c", ask.replace("8080", port)], capture_output=True, text=True, check=True)
        assert json.loads(asked.stdout)["outputs"][0]["data"] == [0]
    finally:
        end(process)
