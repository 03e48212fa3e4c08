"""What a crash or a failing disk does to a directory of objects."""

import os
from pathlib import Path

import pytest

from records.errors import ObjectMissing, ObjectStoreUnavailable
from records.fixity import Fixity
from storage.files import DirectoryStore
from storage.objects import make_object_store, object_key

DATA = b"a page"
FIXITY = Fixity.of(DATA)


def _place(root: Path) -> Path:
    return root / object_key(FIXITY.sha256)


def test_an_object_cut_short_by_the_disk_is_written_again(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    store.put(DATA, FIXITY, "text/plain")
    _place(tmp_path).write_bytes(DATA[:2])
    store.put(DATA, FIXITY, "text/plain")
    assert store.get(FIXITY.sha256) == DATA


def test_a_damaged_object_is_missing_and_never_handed_out(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    store.put(DATA, FIXITY, "text/plain")
    _place(tmp_path).write_bytes(DATA[::-1])
    with pytest.raises(ObjectMissing, match="damaged"):
        store.get(FIXITY.sha256)
    with pytest.raises(ObjectMissing, match="damaged"):
        list(store.open(FIXITY.sha256))
    with pytest.raises(ObjectMissing, match="damaged"), store.path_or_copy(FIXITY.sha256):
        pass


def test_what_is_no_object_is_not_listed(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    store.put(DATA, FIXITY, "text/plain")
    (_place(tmp_path).parent / ".incoming-cut-off").write_bytes(b"half")
    (tmp_path / "notes.txt").write_bytes(b"somebody's")
    assert list(store.listed()) == [FIXITY.sha256]


def test_a_put_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ObjectStoreUnavailable, match="No space left"):
        DirectoryStore(tmp_path).put(DATA, FIXITY, "text/plain")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_object_and_its_new_folders_are_flushed_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    real = os.fsync

    def noted(descriptor: int) -> None:
        flushed.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    root = tmp_path / "objects"
    DirectoryStore(root).put(DATA, FIXITY, "text/plain")
    place = _place(root)
    assert Path(flushed[0]).parent == place.parent
    assert {str(place.parent), str(place.parent.parent), str(root)} <= set(flushed[1:])


def test_a_directory_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = make_object_store(f"file://{tmp_path}/file/objects")
    with pytest.raises(ObjectStoreUnavailable):
        store.ready()
    with pytest.raises(ObjectStoreUnavailable):
        store.put(DATA, FIXITY, "text/plain")


def test_a_url_may_hold_percent_signs(tmp_path: Path) -> None:
    store = make_object_store(f"file://{tmp_path}/h%E1%BB%93%20s%C6%A1")
    store.put(DATA, FIXITY, "text/plain")
    assert _place(tmp_path / "hồ sơ").read_bytes() == DATA
