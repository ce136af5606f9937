"""Spark in its image: both kernels run the examples of docs/sdk.md, over a small service in the Python one."""

import re

import pytest

from building.catalogue import ROOT

SERVICE = (
    (ROOT / "platform-sdk/python/tests/dataset_service.py").read_text()
    + """
import io, pathlib, pyarrow as pa

ROWS = pa.table({"qty": range(10), "what": [f"thing {n}" for n in range(10)]})


class Orders(DatasetService):
    def tell(self, request, path, body):
        if path.endswith(":open"):
            stream, chosen = io.BytesIO(), ROWS.select(json.loads(body)["columns"])
            with pa.ipc.new_stream(stream, chosen.schema) as writer:
                writer.write_table(chosen)
            self.arrow = stream.getvalue()
        return super().tell(request, path, body)


service = Orders(version(3, columns=[("qty", "int64"), ("what", "text")]), arrow=b"").__enter__()
pathlib.Path("/tmp/token").write_text("case-token")
print(service.url, end="")
"""
)
EXAMPLES = (ROOT / "docs/sdk.md").read_text()
PYTHON = re.search(r"```python spark\n(.*?)```", EXAMPLES, re.DOTALL)[1]
JAVA = re.search(r"```java\n(import io.benchtop.sdk.spark.*?)```", EXAMPLES, re.DOTALL)[1]


@pytest.fixture(scope="module")
def server(cluster, images):
    from pod_server import PodServer

    made = PodServer(cluster, "ws-spark-datasets", images("spark"), images("tools"))
    yield made.start()
    made.remove()


@pytest.fixture(scope="module")
def python(server):
    return server.kernel("python3")


@pytest.fixture(scope="module")
def url(python):
    return python.run(SERVICE)[0][1]


def settings(url):
    """Both languages say it alike."""
    return (
        f'.set("spark.datasource.benchtop.url", "{url}")',
        '.set("spark.datasource.benchtop.tokenFile", "/tmp/token")',
    )


def test_a_python_notebook_reads_a_dataset_by_name(python, url):
    # Given
    for setting in settings(url):
        python.run(f"bt.spark().conf{setting}")

    # When
    shown = text(python.run(PYTHON))

    # Then
    assert re.search(r"\|thing 4\| +1\|", shown), shown
    assert "thing 3" not in shown


def test_a_session_built_by_hand_reads_it_too_and_is_closed_to_the_network(python, url):
    # When
    shown = text(
        python.run(
            "from pyspark.sql import SparkSession\n"
            "spark = SparkSession.builder.getOrCreate()\n"
            "print(spark.read.format('benchtop').load('sales/orders').count())\n"
            "print(spark.sparkContext.getConf().get('spark.driver.bindAddress'), spark.sparkContext.uiWebUrl)"
        )
    )

    # Then
    assert "10\n127.0.0.1 None" in shown


def test_a_java_notebook_reads_a_dataset_by_name(server, url):
    # Given
    java = server.kernel("java")
    for setting in settings(url):
        java.run(f"io.benchtop.sdk.spark.LocalSpark.session().conf(){setting};")

    # When
    shown = text(java.run(JAVA))
    java.close()

    # Then
    assert re.search(r"\|thing 4\| +1\|", shown), shown


def text(shown):
    return "".join(said for _, said in shown)
