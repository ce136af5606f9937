"""Spark inside this process: a session that reads datasets by name, and listens to nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchtop.data.needs import need
from benchtop.errors import BenchtopError

# That of the image "spark", and as the data source is compiled against.
_PACKAGE = "pyspark==4.2.0"
# The same as LocalSpark's (platform-sdk/spark) and kernel-images/spark/spark-defaults.conf's; a test compares them.
SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.authenticate": "true",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
}
_CLASS_PATH = "spark.driver.extraClassPath"
# Its manifest names the other jars of the SDK, beside it; Arrow and Gson are Spark's own.
_JAR = Path("java", "sdk", "benchtop-sdk-spark.jar")


def local_session(package: Path = Path(__file__).parent) -> Any:
    """Makes the session of this process, or gives the one that it has.

    Args:
        package: where this SDK lies; the Java SDK is found from there.

    Raises:
        BenchtopError: ``package_missing``, ``spark_version``, ``spark_without_datasets``.
    """
    pyspark = need("pyspark", "use Spark", _PACKAGE)
    if int(pyspark.__version__.partition(".")[0]) < 4:
        raise BenchtopError(
            "spark_version",
            f"Datasets are read by Spark 4, and this is PySpark {pyspark.__version__}. "
            f"Install it and restart the kernel: %pip install {_PACKAGE}",
        )
    builder = need("pyspark.sql", "use Spark", _PACKAGE).SparkSession.builder.master("local[*]").appName("benchtop")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.config(_CLASS_PATH, str(find_jar(package))).getOrCreate()
    # Asked of the context: what is set now is what it began with.
    if _JAR.name not in session.sparkContext.getConf().get(_CLASS_PATH, ""):
        raise BenchtopError(
            "spark_without_datasets",
            "This notebook's Spark was started without Benchtop's data source, and that cannot be added later. "
            "Restart the kernel, and call bt.spark() before anything else uses Spark.",
        )
    return session


def find_jar(package: Path) -> Path:
    """Where the data source lies: beside the Python SDK, in local mode one folder higher.

    Raises:
        BenchtopError: ``spark_without_datasets`` where it is not, as outside a workspace.
    """
    for folder in (package.parents[1], package.parents[2]):
        if (folder / _JAR).exists():
            return folder / _JAR
    raise BenchtopError(
        "spark_without_datasets",
        "Benchtop's data source for Spark is not here: bt.spark() is for notebooks of a workspace. "
        "Restart the workspace, or read rows without Spark: bt.dataset(name).to_arrow().",
    )
