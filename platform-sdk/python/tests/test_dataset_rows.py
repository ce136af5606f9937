"""Rows of datasets: only what is asked for, in bounded memory, with the same rows whatever they are kept in."""

import io
import subprocess
import sys

import pyarrow
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet
import pytest

import dataset_service
from benchtop.data import catalogue as catalogue_module
from benchtop.data.memory import Cap
from benchtop.errors import BenchtopError
from conftest import SOURCE
from dataset_service import NAME, DatasetService
from test_dataset_files import count

COLUMNS = [("qty", "int64"), ("what", "text")]
TABLE = pyarrow.table({"qty": list(range(1000)), "what": [f"thing {i % 7}" for i in range(1000)]})


def parquet(table, **settings):
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink, **settings)
    return sink.getvalue()


def arrow(table):
    sink = io.BytesIO()
    pyarrow.feather.write_feather(table, sink)
    return sink.getvalue()


def stream(table):
    sink = io.BytesIO()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=100)
    return sink.getvalue()


def kept(format):
    """Settings of a service that keeps TABLE."""
    told = dataset_service.version(format=format, columns=COLUMNS)
    if format == "parquet":
        return {"told": told, "files": {"a.parquet": parquet(TABLE[:400]), "b.parquet": parquet(TABLE[400:])}}
    if format == "arrow":
        return {"told": told, "files": {"a.arrow": arrow(TABLE[:400]), "b.arrow": arrow(TABLE[400:])}}
    return {"told": told, "arrow": stream(TABLE)}


@pytest.mark.parametrize("format", ["parquet", "arrow", "csv", "table"])
def test_all_rows_come(make_datasets, format):
    # Given
    _, catalogue = make_datasets(**kept(format))

    # Then
    assert catalogue.one(NAME).to_arrow().equals(TABLE)


@pytest.mark.parametrize("format", ["parquet", "arrow"])
def test_columns_and_filter(make_datasets, format):
    # Given
    service, catalogue = make_datasets(**kept(format))

    # When
    table = catalogue.one(NAME).to_arrow(columns=["what"], where="qty >= 998")

    # Then
    assert table.to_pydict() == {"what": ["thing 4", "thing 5"]}
    assert service.opened == [{"columns": ["what"], "where": "qty >= 998"}]


def test_a_column_that_is_not_there_is_named(make_datasets):
    # Given
    _, catalogue = make_datasets(**kept("parquet"))

    # Then
    with pytest.raises(BenchtopError, match="'nothing'") as refused:
        catalogue.one(NAME).to_arrow(columns=["nothing"])
    assert refused.value.code == "no_such_column"


def test_only_row_groups_and_columns_that_are_asked_for_are_fetched(make_datasets):
    # Given
    rows = 200_000
    table = pyarrow.table({"qty": list(range(rows)), "heavy": [f"{i:040}" for i in range(rows)]})
    content = parquet(table, row_group_size=10_000, compression="none", use_dictionary=False)
    told = dataset_service.version(columns=[("qty", "int64"), ("heavy", "text")])
    service, catalogue = make_datasets(told=told, files={"a.parquet": content})

    # When
    found = catalogue.one(NAME).to_arrow(columns=["qty"], where="qty >= 195000")

    # Then
    assert found.num_rows == 5000
    assert sum(count(each) for each in service.ranges()) < len(content) / 10


@pytest.mark.parametrize("presigned", [False, True], ids=["raw", "presigned"])
def test_partitions_are_columns_with_their_type(make_datasets, presigned):
    # Given
    told = dataset_service.version(
        columns=[("qty", "int64"), ("day", "date"), ("shop", "int64")], partitions=["day", "shop"]
    )
    files = {f"day={day}/shop={shop}/p.parquet": parquet(pyarrow.table({"qty": [1, 2]}))
             for day, shop in (("2026-01-01", "7"), ("2026-01-02", "8"))}  # fmt: skip
    partitions = {path: dict(part.split("=") for part in path.split("/")[:2]) for path in files}
    _, catalogue = make_datasets(told=told, files=files, partitions=partitions, presigned=presigned)

    # When
    table = catalogue.one(NAME).to_arrow(where="day >= '2026-01-02' and qty > 1")

    # Then
    assert [str(type) for type in table.schema.types] == ["int64", "date32[day]", "int64"]
    assert [[str(value) for value in row.values()] for row in table.to_pylist()] == [["2", "2026-01-02", "8"]]


def test_a_missing_value_of_a_partition_is_none(make_datasets):
    # Given
    told = dataset_service.version(columns=[("qty", "int64"), ("day", "date")], partitions=["day"])
    files = {"day=__HIVE_DEFAULT_PARTITION__/p.parquet": parquet(pyarrow.table({"qty": [1]}))}
    partitions = {next(iter(files)): {"day": None}}
    _, catalogue = make_datasets(told=told, files=files, partitions=partitions)

    # Then
    assert catalogue.one(NAME).to_arrow().to_pylist() == [{"qty": 1, "day": None}]


def test_files_that_differ_are_read_in_the_wider_type(make_datasets):
    # Given
    narrow = pyarrow.table({"qty": pyarrow.array([1], pyarrow.int32())})
    wide = pyarrow.table({"qty": pyarrow.array([2**40], pyarrow.int64()), "what": ["new"]})
    told = dataset_service.version(columns=COLUMNS)
    _, catalogue = make_datasets(told=told, files={"a.parquet": parquet(narrow), "b.parquet": parquet(wide)})

    # Then
    assert catalogue.one(NAME).to_arrow().to_pydict() == {"qty": [1, 2**40], "what": [None, "new"]}


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_pieces_are_as_small_as_asked_for(make_datasets, format):
    # Given
    _, catalogue = make_datasets(**kept(format))

    # When
    with catalogue.one(NAME).stream(batch_rows=64) as batches:
        sizes = [batch.num_rows for batch in batches]

    # Then
    assert max(sizes) <= 64
    assert sum(sizes) == 1000


def test_a_broken_file_goes_on_under_the_rows(make_datasets):
    # Given
    service, catalogue = make_datasets(**kept("parquet"))
    service.breaks = [100, 100, 100]

    # Then
    assert catalogue.one(NAME).to_arrow().equals(TABLE)


def test_an_error_of_the_service_is_the_one_that_comes_out(make_datasets):
    # Given
    service, catalogue = make_datasets(**kept("parquet"))
    service.statuses = [409]

    # Then
    with pytest.raises(BenchtopError) as refused:
        catalogue.one(NAME).to_arrow()
    assert refused.value.message == "No: source_away."


@pytest.mark.parametrize("cut", [10, 2000, -8, -1])
def test_rows_that_break_off_are_never_taken_for_all(make_datasets, cut):
    # Given
    settings = kept("csv")
    service, catalogue = make_datasets(**settings)
    service.breaks = [cut % len(settings["arrow"])]

    # Then
    with pytest.raises(BenchtopError) as refused:
        catalogue.one(NAME).to_arrow()
    assert refused.value.code == "read_interrupted"


def test_closing_ends_the_request(make_datasets):
    # Given
    big = pyarrow.table({"qty": list(range(2_000_000))})
    service, catalogue = make_datasets(
        told=dataset_service.version(format="csv", columns=COLUMNS[:1]), arrow=stream(big)
    )

    # When
    batches = catalogue.one(NAME).stream()
    next(batches)
    batches.close()

    # Then
    assert list(batches) == []
    for _ in range(200):
        if getattr(service, "cancelled", False):
            break
        import time

        time.sleep(0.01)
    assert service.cancelled


def test_files_without_rows_say_how_they_are_read(make_datasets):
    # Given
    _, catalogue = make_datasets(files={"a.png": b"x"}, told=dataset_service.version(format="images"))

    # Then
    with pytest.raises(BenchtopError, match=r"\.open") as refused:
        catalogue.one(NAME).to_arrow()
    assert refused.value.code == "no_rows"


def test_too_many_bytes_are_refused_with_the_way_out(make_datasets, monkeypatch):
    # Given
    _, catalogue = make_datasets(**kept("parquet"))
    monkeypatch.setattr(catalogue_module, "Cap", lambda name: Cap(name, 1000))

    # Then
    with pytest.raises(BenchtopError, match=r"\.stream\(\)") as refused:
        catalogue.one(NAME).to_arrow()
    assert refused.value.code == "too_large"


def test_frames(make_datasets):
    # Given
    _, catalogue = make_datasets(**kept("parquet"))

    # Then
    assert catalogue.one(NAME).to_pandas(where="qty < 2")["what"].tolist() == ["thing 0", "thing 1"]


def test_polars_frames(make_datasets):
    # Given
    _, catalogue = make_datasets(**kept("parquet"))

    # Then
    assert catalogue.one(NAME).to_polars(where="qty < 2")["what"].to_list() == ["thing 0", "thing 1"]


def test_reading_many_rows_needs_little_memory(tmp_path):
    # Given
    rows = 4_000_000
    table = pyarrow.table({"a": pyarrow.array(range(rows)), "b": pyarrow.array(range(rows))})
    content = parquet(table, row_group_size=100_000, compression="none", use_dictionary=False)
    told = dataset_service.version(columns=[("a", "int64"), ("b", "int64")])
    (tmp_path / "token").write_text("case-token")
    program = (
        "import benchtop as bt, resource, pyarrow, pyarrow.dataset;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "print(sum(b.num_rows for b in bt.dataset('sales/orders').stream()));"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    with DatasetService(told, {"a.parquet": content}) as service:
        environment = {
            "PYTHONPATH": str(SOURCE / "src"),
            "BENCHTOP_URL": service.url,
            "BENCHTOP_TOKEN_FILE": str(tmp_path / "token"),
        }

        # When
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", program], env=environment, capture_output=True, text=True
        )

    # Then
    assert done.returncode == 0, done.stderr
    counted, megabytes = map(int, done.stdout.split())
    assert counted == rows
    assert len(content) > 60_000_000
    assert megabytes < 40
