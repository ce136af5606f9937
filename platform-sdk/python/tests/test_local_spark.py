"""``bt.spark()`` without Spark: what it asks of PySpark, and what it says. Spark itself is met in kernel-images/tests."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchtop import BenchtopError
from benchtop.local_spark import SETTINGS, find_jar, local_session

ROOT = Path(__file__).parents[3]


class FakeBuilder:
    """As PySpark's; a session that is there already keeps the settings that it began with."""

    def __init__(self, began_with=None):
        self.settings, self.began_with = {}, began_with

    def master(self, name):
        return self.config("spark.master", name)

    def appName(self, name):
        return self.config("spark.app.name", name)

    def config(self, name, value):
        self.settings[name] = value
        return self

    def getOrCreate(self):
        began_with = self.settings if self.began_with is None else self.began_with
        return SimpleNamespace(sparkContext=SimpleNamespace(getConf=lambda: began_with))


@pytest.fixture
def package(tmp_path):
    """A Python SDK beside a Java SDK, as in a pod."""
    jar = tmp_path / "java" / "sdk" / "benchtop-sdk-spark.jar"
    jar.parent.mkdir(parents=True)
    jar.touch()
    return tmp_path / "py" / "benchtop"


@pytest.fixture
def pyspark(monkeypatch):
    def is_there(version, builder):
        session = SimpleNamespace(builder=builder)
        monkeypatch.setitem(sys.modules, "pyspark", SimpleNamespace(__version__=version))
        monkeypatch.setitem(sys.modules, "pyspark.sql", SimpleNamespace(SparkSession=session))
        return builder

    return is_there


def test_starts_spark_with_the_data_source_and_closed_to_the_network(package, pyspark):
    # Given
    builder = pyspark("4.2.0", FakeBuilder())

    # When
    local_session(package)

    # Then
    assert builder.settings == {
        **SETTINGS,
        "spark.master": "local[*]",
        "spark.app.name": "benchtop",
        "spark.driver.extraClassPath": str(package.parents[1] / "java" / "sdk" / "benchtop-sdk-spark.jar"),
    }


def test_says_what_to_install(package, monkeypatch):
    # Given
    monkeypatch.setitem(sys.modules, "pyspark", None)

    # Then
    assert refusal(package) == ("package_missing", "%pip install pyspark==4.2.0")


def test_refuses_an_older_spark(package, pyspark):
    pyspark("3.5.1", FakeBuilder())
    assert refusal(package) == ("spark_version", "%pip install pyspark==4.2.0")


def test_says_that_another_session_was_first(package, pyspark):
    pyspark("4.2.0", FakeBuilder(began_with={}))
    assert refusal(package)[0] == "spark_without_datasets"


def test_says_that_the_data_source_is_not_here(tmp_path, pyspark):
    pyspark("4.2.0", FakeBuilder())
    assert refusal(tmp_path / "site-packages" / "benchtop")[0] == "spark_without_datasets"


def test_finds_the_data_source_in_local_mode(package):
    assert find_jar(package.parents[1] / "lib-benchtop" / "py" / "benchtop").exists()


def test_a_session_of_each_language_has_the_same_settings():
    # Given
    java = (ROOT / "platform-sdk/spark/src/main/java/io/benchtop/sdk/spark/LocalSpark.java").read_text()
    image = (ROOT / "kernel-images/spark/conf/spark-defaults.conf").read_text()

    # Then
    assert dict(re.findall(r'"(spark\.[^"]+)", "([^"]+)"', java)) == SETTINGS
    assert SETTINGS.items() <= dict(re.findall(r"^(spark\S+) +(\S+)$", image, re.MULTILINE)).items()


def test_the_image_logs_as_a_java_session_elsewhere():
    resources = ROOT / "platform-sdk/spark/src/main/resources/io/benchtop/sdk/spark"
    assert (resources / "log4j2.properties").read_text() == (
        ROOT / "kernel-images/spark/conf/log4j2.properties"
    ).read_text()


def refusal(package):
    """The code, and the command in the sentence."""
    with pytest.raises(BenchtopError) as refused:
        local_session(package)
    command = re.search(r"%pip install \S+", refused.value.message)
    return refused.value.code, command[0] if command else None
