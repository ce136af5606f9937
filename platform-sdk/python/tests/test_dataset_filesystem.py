"""``bt://`` for what reads by fsspec."""

import io

import fsspec
import pandas
import pyarrow
import pyarrow.parquet
import pytest

import benchtop
import dataset_service
from benchtop.client import Client
from benchtop.data.catalogue import Catalogue
from benchtop.data.filesystem import BenchtopFileSystem
from benchtop.errors import BenchtopError
from dataset_service import NAME, DatasetService

SINK = io.BytesIO()
pyarrow.parquet.write_table(pyarrow.table({"qty": [1, 2]}), SINK)
FILES = {"a.bin": b"0123456789", "deep/b.bin": b"b", "deep/er/c.bin": b"c", "rows.parquet": SINK.getvalue()}


@pytest.fixture
def files(tmp_path, monkeypatch):
    (tmp_path / "token").write_text("case-token")
    with DatasetService(dataset_service.version(format="files", files=FILES), FILES) as service:
        environment = {"BENCHTOP_URL": service.url, "BENCHTOP_TOKEN_FILE": str(tmp_path / "token")}
        catalogue = Catalogue(Client(environment))
        monkeypatch.setattr(benchtop, "_catalogue", lambda: catalogue)
        yield BenchtopFileSystem(skip_instance_cache=True)


def test_lists_as_folders_do(files):
    assert files.ls("", detail=False) == [NAME]
    assert files.ls(f"bt://{NAME}@1", detail=False) == [f"{NAME}@1/a.bin", f"{NAME}@1/deep", f"{NAME}@1/rows.parquet"]
    assert files.ls(f"{NAME}/deep", detail=False) == [f"{NAME}/deep/b.bin", f"{NAME}/deep/er"]
    assert files.find(f"bt://{NAME}") == [f"{NAME}/{path}" for path in FILES]


def test_reads_in_any_place(files):
    assert files.info(f"bt://{NAME}/a.bin") == {"name": f"{NAME}/a.bin", "size": 10, "type": "file"}
    assert files.cat_file(f"bt://{NAME}@1/a.bin", start=3, end=5) == b"34"
    with files.open(f"bt://{NAME}/a.bin") as file:
        file.seek(-2, 2)
        assert file.read() == b"89"


@pytest.mark.parametrize("path", [f"{NAME}/none.bin", "sales/none/a.bin", f"{NAME}@x/a.bin"])
def test_what_is_not_there_is_not_found(files, path):
    with pytest.raises(FileNotFoundError):
        files.open(f"bt://{path}")
    assert not files.exists(path)


def test_writes_nothing(files):
    with pytest.raises(BenchtopError, match="write_dataset"):
        files.open(f"bt://{NAME}/new.bin", "wb")


def test_pandas_reads_by_it(files):
    # Given
    fsspec.register_implementation("bt", BenchtopFileSystem, clobber=True)
    BenchtopFileSystem.clear_instance_cache()

    # Then
    assert pandas.read_parquet(f"bt://{NAME}/rows.parquet")["qty"].tolist() == [1, 2]


def test_fsspec_finds_it_where_the_sdk_only_lies_on_the_path(sdk_on_a_path):
    # Then
    [entry] = sdk_on_a_path.entry_points.select(group="fsspec.specs")
    assert (entry.name, entry.load()) == ("bt", BenchtopFileSystem)
