"""Files of datasets: ranges, what breaks and goes on, what is refused, and who never sees the token."""

import hashlib
import io
import os

import pytest

from benchtop.data.memory import Cap, most_bytes
from benchtop.errors import BenchtopError
from dataset_service import NAME

CONTENT = bytes(range(256)) * 4096
FILES = {"a.bin": CONTENT, "deep/er/b.bin": b"b"}


@pytest.mark.parametrize("presigned", [False, True], ids=["raw", "presigned"])
def test_a_file_is_read_from_any_place(make_datasets, presigned):
    # Given
    service, catalogue = make_datasets(files=FILES, presigned=presigned)

    # When
    with catalogue.one(NAME).open("a.bin") as file:
        file.seek(-10, io.SEEK_END)
        tail = file.read()
        file.seek(1000)
        middle = file.read(300_000)

    # Then
    assert (tail, middle) == (CONTENT[-10:], CONTENT[1000:301_000])
    assert not service.store_saw_token


def test_a_small_read_fetches_little_and_reading_on_fetches_ahead(make_datasets):
    # Given
    service, catalogue = make_datasets(files=FILES)

    # When
    with catalogue.one(NAME).open("a.bin") as file:
        file.seek(500_000)
        file.read(8)
    small = sum(count(each) for each in service.ranges())
    service.asked.clear()
    with catalogue.one(NAME).open("a.bin") as file:
        everything = b"".join(iter(lambda: file.read(10_000), b""))

    # Then
    assert small <= 256 * 1024
    assert everything == CONTENT
    assert len(service.ranges()) < 8


def whole(dataset):
    with dataset.open("a.bin") as file:
        return file.read()


def count(said):
    first, last = said.removeprefix("bytes=").split("-")
    return int(last) - int(first) + 1


def test_a_broken_download_goes_on_where_it_broke(make_datasets, tmp_path):
    # Given
    service, catalogue = make_datasets(files=FILES)
    service.breaks = [1000, 0, 5000]

    # When
    written = catalogue.one(NAME).download(tmp_path / "out")

    # Then
    assert [path.relative_to(tmp_path / "out").as_posix() for path in written] == list(FILES)
    assert [path.read_bytes() for path in written] == list(FILES.values())
    assert service.ranges()[1].startswith("bytes=1000-")
    assert service.ranges()[3].startswith("bytes=6000-")
    assert service.waits == [1, 1, 1] or service.waits == [1, 2, 1]


def test_no_progress_is_given_up_with_a_sentence(make_datasets):
    # Given
    service, catalogue = make_datasets(files=FILES)
    service.breaks = [0] * 9

    # Then
    with pytest.raises(BenchtopError, match=r"a\.bin broke off at byte 0") as refused:
        catalogue.one(NAME).open("a.bin").read()
    assert refused.value.code == "read_interrupted"
    assert service.waits == [1, 2, 4, 8]


def test_a_source_that_is_away_for_a_moment_is_asked_again_and_then_named(make_datasets):
    # Given
    service, catalogue = make_datasets(files=FILES)
    service.statuses = [503, 503]

    # Then
    assert whole(catalogue.one(NAME)) == CONTENT
    service.statuses = [503] * 9
    with pytest.raises(BenchtopError) as refused:
        catalogue.one(NAME).open("a.bin").read()
    assert refused.value.code == "source_away"


def test_an_expired_address_is_asked_for_anew(make_datasets):
    # Given
    service, catalogue = make_datasets(files=FILES, presigned=True)
    dataset = catalogue.one(NAME)
    file = dataset.open("a.bin")
    service.valid = 2

    # Then
    assert file.read() == CONTENT
    assert [each.get("version") for each in service.opened] == [None, 1]


def test_no_presigned_address_is_shown(make_datasets):
    # Given
    service, catalogue = make_datasets(files=FILES, presigned=True)
    dataset = catalogue.one(NAME)
    reading = dataset._open(None, None)
    service.url_of = lambda path: f"{service.store}/bucket/{path}?signature=secret-wrong"

    # When
    file = dataset.open("a.bin")
    with pytest.raises(BenchtopError) as refused:
        file.read()

    # Then
    assert refused.value.code == "read_refused"
    assert "a.bin" in refused.value.message
    for shown in (refused.value, refused.value.__cause__, reading.plan, reading.plan.files, dataset, file):
        assert "secret" not in repr(shown)
        assert "127.0.0.1" not in repr(shown)


def test_another_content_than_the_manifest_says_is_not_kept(make_datasets, tmp_path):
    # Given
    service, catalogue = make_datasets(files=FILES)
    service.changes = {"a.bin": {"sha256": hashlib.sha256(b"other").hexdigest()}}

    # Then
    with pytest.raises(BenchtopError) as refused:
        catalogue.one(NAME).download(tmp_path)
    assert refused.value.code == "version_changed"
    assert not (tmp_path / "a.bin").exists()
    assert [each for each in os.listdir(tmp_path) if each != "token"] == []


def test_another_size_than_the_manifest_says_is_refused(make_datasets):
    # Given
    service, catalogue = make_datasets(files=FILES)
    service.changes = {"a.bin": {"size": 5}}

    # Then
    with pytest.raises(BenchtopError) as refused:
        catalogue.one(NAME).open("a.bin").read()
    assert refused.value.code == "version_changed"


@pytest.mark.parametrize("path", ["../up.bin", "/etc/passwd", "a//b", "a\\b"])
def test_no_file_leaves_the_folder(make_datasets, path, tmp_path):
    # Given
    _, catalogue = make_datasets(files={path: b"x"})

    # Then
    with pytest.raises(BenchtopError) as refused:
        catalogue.one(NAME).download(tmp_path / "out")
    assert refused.value.code == "unexpected_answer"


def test_a_folder_that_this_process_sees_is_read_without_the_service(make_datasets, tmp_path):
    # Given
    (tmp_path / "a.bin").write_bytes(CONTENT)
    service, catalogue = make_datasets(files={"a.bin": CONTENT}, path=str(tmp_path))

    # Then
    assert whole(catalogue.one(NAME)) == CONTENT
    assert service.ranges() == []


def test_a_file_that_is_not_there_is_named(make_datasets):
    # Given
    _, catalogue = make_datasets(files=FILES)

    # Then
    with pytest.raises(BenchtopError, match=r"c\.bin") as refused:
        catalogue.one(NAME).open("c.bin")
    assert refused.value.code == "no_such_file"


def test_it_stays_with_the_version_of_the_first_read(make_datasets):
    # Given
    service, catalogue = make_datasets(files=FILES)
    dataset = catalogue.one(NAME)

    # When
    dataset.files()
    dataset.files()

    # Then
    assert [each.get("version") for each in service.opened] == [None, 1]
    assert dataset.version.number == 1


def test_what_cannot_be_pinned_is_read_as_it_is_each_time(make_datasets):
    # Given
    service, catalogue = make_datasets(files=FILES, pinned=False)
    dataset = catalogue.one(NAME)

    # When
    dataset.files()
    dataset.files()

    # Then
    assert [each.get("version") for each in service.opened] == [None, None]


@pytest.mark.parametrize("name", ["orders", "Sales/orders", "sales/../x", "a/b/c", "", "a/b\n"])
def test_a_name_that_is_none_is_refused_before_anything_is_sent(make_datasets, name):
    # Given
    service, catalogue = make_datasets(files=FILES)

    # Then
    with pytest.raises(BenchtopError) as refused:
        catalogue.one(name)
    assert refused.value.code == "bad_name"
    assert service.asked == []


class TestMemory:
    """How much is read at once."""

    def test_half_of_the_smallest_limit_above_this_process(self, tmp_path):
        # Given
        groups = tmp_path / "sys" / "fs" / "cgroup"
        (groups / "a" / "b").mkdir(parents=True)
        (tmp_path / "proc" / "self").mkdir(parents=True)
        (tmp_path / "proc" / "self" / "cgroup").write_text("0::/a/b\n")
        (groups / "a" / "memory.max").write_text("1000\n")
        (groups / "a" / "b" / "memory.max").write_text("max\n")

        # Then
        assert most_bytes(tmp_path) == 500

    def test_two_gibibytes_without_a_limit(self, tmp_path):
        assert most_bytes(tmp_path) == 2 * 1024**3

    def test_beyond_it_the_error_shows_the_way(self):
        # Given
        cap = Cap(NAME, 100)
        cap.add(100)

        # Then
        with pytest.raises(BenchtopError, match=r"\.stream\(\)") as refused:
            cap.add(1)
        assert refused.value.code == "too_large"
