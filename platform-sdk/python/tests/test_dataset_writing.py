"""Writing: all or nothing, in pieces, taken up where it broke."""

import io
import types

import pandas
import pyarrow
import pyarrow.parquet
import pytest

import dataset_service
from benchtop.data import writing
from benchtop.errors import BenchtopError
from dataset_service import NAME

TABLE = pyarrow.table({"qty": [1, 2, 3], "what": ["a", "b", None]})


@pytest.fixture
def pair(make_datasets):
    return make_datasets(told=dataset_service.version(format="files"))


def test_rows_become_a_version(pair):
    # Given
    service, catalogue = pair

    # When
    with catalogue.writer(NAME, note="clean") as writer:
        writer.write(TABLE)
        writer.write(TABLE.to_batches()[0])

    # Then
    [files] = service.committed
    assert list(files) == ["part-0.parquet"]
    assert pyarrow.parquet.read_table(io.BytesIO(files["part-0.parquet"])).num_rows == 6
    assert service.notes == [{"note": "clean"}]
    assert writer.version.number == 2


def test_saving_makes_the_dataset_and_gives_back_the_version(pair):
    # Given
    service, catalogue = pair

    # When
    saved = catalogue.save("sales/clean", pandas.DataFrame({"qty": [1, 2]}), note="first")

    # Then
    assert "sales/clean" in service.known
    assert (saved.name, saved.version.number) == ("sales/clean", 2)


def test_an_empty_table_is_a_version_without_rows(pair):
    # Given
    service, catalogue = pair

    # When
    catalogue.save(NAME, TABLE[:0])

    # Then
    assert pyarrow.parquet.read_table(io.BytesIO(service.committed[0]["part-0.parquet"])).schema.names == [
        "qty",
        "what",
    ]


def test_an_exception_throws_away_and_goes_on_its_way(pair):
    # Given
    service, catalogue = pair

    # When
    with pytest.raises(KeyError), catalogue.writer(NAME) as writer:
        writer.file("a.bin", b"x")
        raise KeyError("mine")

    # Then
    assert service.committed == []
    assert len(service.aborted) == 1


def test_files_are_written_as_they_are(pair, tmp_path):
    # Given
    service, catalogue = pair
    (tmp_path / "b.bin").write_bytes(b"from disk")

    # When
    with catalogue.writer(NAME) as writer:
        writer.file("a ä.bin", b"bytes")
        writer.file("deep/b.bin", tmp_path / "b.bin")
        writer.file("c.bin", io.BytesIO(b"stream"))
        writer.file("empty.bin", b"")

    # Then
    assert service.committed == [
        {"a ä.bin": b"bytes", "deep/b.bin": b"from disk", "c.bin": b"stream", "empty.bin": b""}
    ]


def test_a_large_file_goes_in_pieces_and_a_broken_one_is_taken_up(pair, monkeypatch):
    # Given
    service, catalogue = pair
    monkeypatch.setattr(writing, "_PIECE", 1000)
    content = bytes(range(250)) * 14
    service.breaks = [300, 0, 700]

    # When
    with catalogue.writer(NAME) as writer:
        writer.file("a.bin", content)

    # Then
    assert service.committed == [{"a.bin": content}]
    offsets = [path.partition("offset=")[2] for method, path, _ in service.asked if method == "PUT"]
    assert offsets == ["0", "300", "300", "1000", "2000", "3000"]


def test_what_cannot_be_sent_throws_away(pair):
    # Given
    service, catalogue = pair
    service.breaks = [0] * 9

    # When
    with pytest.raises(BenchtopError, match=r"a\.bin could not be sent") as refused, catalogue.writer(NAME) as writer:
        writer.file("a.bin", b"content")

    # Then
    assert refused.value.code == "upload_interrupted"
    assert service.committed == []


def test_other_columns_than_the_first_are_refused(pair):
    # Given
    service, catalogue = pair

    # When
    with pytest.raises(BenchtopError) as refused, catalogue.writer(NAME) as writer:
        writer.write(TABLE)
        writer.write(pyarrow.table({"other": [1]}))

    # Then
    assert refused.value.code == "columns_differ"
    assert service.committed == []


def test_what_is_no_rows_is_refused(pair):
    # Given
    _, catalogue = pair

    # Then
    with pytest.raises(TypeError, match="dict is no rows"), catalogue.writer(NAME) as writer:
        writer.write({"a": [1]})


def test_writing_outside_of_with_is_refused(pair):
    # Given
    _, catalogue = pair

    # Then
    with pytest.raises(BenchtopError, match=r"with bt\.write_dataset"):
        catalogue.writer(NAME).write(TABLE)


def test_a_new_part_begins_when_one_is_large(pair, monkeypatch):
    # Given
    service, catalogue = pair
    monkeypatch.setattr(writing, "_PART_BYTES", 1)
    monkeypatch.setattr(writing, "_GROUP_ROWS", 3)

    # When
    with catalogue.writer(NAME) as writer:
        writer.write(TABLE)
        writer.write(TABLE)

    # Then
    assert list(service.committed[0]) == ["part-0.parquet", "part-1.parquet"]


def test_the_active_run_of_mlflow_is_told(pair, monkeypatch):
    # Given
    service, catalogue = pair
    run = types.SimpleNamespace(info=types.SimpleNamespace(run_id="abc123"))
    monkeypatch.setitem(__import__("sys").modules, "mlflow", types.SimpleNamespace(active_run=lambda: run))

    # When
    catalogue.one(NAME).files()
    with catalogue.writer(NAME) as writer:
        writer.file("a.bin", b"x")

    # Then
    assert [each["run"] for each in [*service.opened, *service.notes]] == ["abc123", "abc123"]
