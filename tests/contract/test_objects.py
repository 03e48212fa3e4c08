"""Objects: written once however often they are put, whole or not at all, believed only when they hash right."""

import random
import threading
from pathlib import Path

import pytest

from records.errors import FixityMismatch, InvalidValue, ObjectMissing
from records.fixity import Fixity, Sha256
from storage.objects import ObjectStore, make_object_store, object_key

PDF = "application/pdf"
SMALL = b"a page"
LARGE = random.Random(7).randbytes(11 * 1024 * 1024 + 3)  # over S3's bound for one part of several


@pytest.mark.parametrize("data", [SMALL, b"", LARGE], ids=["small", "empty", "large"])
def test_an_object_comes_back_as_it_was_put(objects: ObjectStore, data: bytes) -> None:
    fixity = Fixity.of(data)
    objects.put(data, fixity, PDF)
    assert objects.exists(fixity.sha256)
    assert objects.size(fixity.sha256) == len(data)
    assert objects.get(fixity.sha256) == data
    assert b"".join(objects.open(fixity.sha256)) == data
    with objects.path_or_copy(fixity.sha256) as path:
        assert path.read_bytes() == data


def test_a_file_is_put_as_its_bytes_are_and_stays_where_it_is(objects: ObjectStore, tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    source.write_bytes(LARGE)
    fixity = Fixity.of(LARGE)
    objects.put(source, fixity, PDF)
    assert objects.get(fixity.sha256) == source.read_bytes() == LARGE


def test_an_object_put_twice_is_one_object(objects: ObjectStore) -> None:
    for _ in range(2):
        objects.put(SMALL, Fixity.of(SMALL), PDF)
    assert objects.get(Fixity.of(SMALL).sha256) == SMALL


def test_many_may_put_the_same_object_into_a_new_store_at_once(objects_url: str) -> None:
    failures: list[BaseException] = []

    def put() -> None:
        try:
            make_object_store(objects_url).put(SMALL, Fixity.of(SMALL), PDF)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=put) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert make_object_store(objects_url).get(Fixity.of(SMALL).sha256) == SMALL


@pytest.mark.parametrize(
    "announced",
    [Fixity.of(b"other"), Fixity(Fixity.of(SMALL).sha256, 1), Fixity(Fixity.of(b"other").sha256, len(SMALL))],
    ids=["other", "wrong size", "wrong hash"],
)
def test_bytes_other_than_announced_are_refused_and_not_kept(objects: ObjectStore, announced: Fixity) -> None:
    with pytest.raises(FixityMismatch):
        objects.put(SMALL, announced, PDF)
    assert not objects.exists(announced.sha256)


def test_an_object_that_is_not_there_is_missing(objects: ObjectStore) -> None:
    nothing = Fixity.of(b"nothing").sha256
    assert not objects.exists(nothing)
    for ask in (objects.get, objects.open, objects.size):
        with pytest.raises(ObjectMissing):
            ask(nothing)
    with pytest.raises(ObjectMissing), objects.path_or_copy(nothing):
        pass


def test_what_is_in_a_store_is_listed_in_order(objects: ObjectStore) -> None:
    assert list(objects.listed()) == []
    kept = [Fixity.of(bytes([number])) for number in range(40)]
    for number, fixity in enumerate(kept):
        objects.put(bytes([number]), fixity, PDF)
    assert list(objects.listed()) == sorted(fixity.sha256 for fixity in kept)


def test_a_store_that_takes_objects_is_ready(objects: ObjectStore) -> None:
    objects.ready()
    objects.ready()


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "ab" * 31, "zz" * 32])
def test_a_key_is_made_of_a_sha256_and_of_nothing_else(objects: ObjectStore, sha256: str) -> None:
    with pytest.raises(InvalidValue):
        objects.get(Sha256(sha256))
    with pytest.raises(InvalidValue):
        object_key(Sha256(sha256))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/var/objects",
        "file://host/objects",
        "file://",
        "s3://host",
        "s3://k:s@host/a/b",
        "https://host/bucket",
    ],
)
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="objects URL"):
        make_object_store(url)
