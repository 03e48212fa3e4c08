"""The spool keeps every sheet until the service has it, whatever happens between two steps."""

import os
from pathlib import Path

import pytest

from station.durable import AlreadyRunning, sole
from station.spool import MOST_FILES, SealedBatch, Spool

RECEIPT = {"balanced": True, "declared": 1, "received": 1, "withdrawn": 0, "duplicates": []}


@pytest.fixture
def scanner(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    return folder


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


def take(spool: Spool, scanner: Path, name: str, data: bytes = b"%PDF", group: str = "") -> None:
    path = scanner / name
    path.write_bytes(data)
    spool.take(path, group)


def sealed(spool: Spool) -> list[SealedBatch]:
    spool.seal("lan", idle_seconds=0.0)
    return spool.sealed()


def test_a_file_that_is_taken_leaves_the_scanners_folder_and_gets_the_next_number(
    spool: Spool, scanner: Path
) -> None:
    for name in ("một.pdf", "hai.pdf"):
        take(spool, scanner, name, name.encode())
    assert list(scanner.iterdir()) == []
    (batch,) = sealed(spool)
    assert [(f.sequence, f.name, f.path.read_bytes().decode()) for f in batch.files] == [
        (1, "một.pdf", "một.pdf"),
        (2, "hai.pdf", "hai.pdf"),
    ]
    assert (batch.operator, spool.waiting()) == ("lan", 2)


def test_files_of_the_same_name_are_two_files(spool: Spool, scanner: Path) -> None:
    take(spool, scanner, "scan.pdf", b"one")
    take(spool, scanner, "scan.pdf", b"two")
    (batch,) = sealed(spool)
    assert [file.path.read_bytes() for file in batch.files] == [b"one", b"two"]


def test_each_sub_folder_is_a_batch_and_a_batch_ends_when_nothing_comes(spool: Spool, scanner: Path) -> None:
    take(spool, scanner, "1.pdf", group="a")
    take(spool, scanner, "2.pdf", group="b")
    assert spool.seal("lan", idle_seconds=60.0) == []
    assert {batch.group for batch in sealed(spool)} == {"a", "b"}
    take(spool, scanner, "3.pdf", group="a")
    assert len(sealed(spool)) == 3


def test_a_batch_does_not_grow_without_end(spool: Spool, scanner: Path) -> None:
    for number in range(MOST_FILES + 1):
        take(spool, scanner, f"{number}.pdf")
    assert len(spool.seal("lan", idle_seconds=60.0)) == 1
    assert sorted(len(batch.files) for batch in sealed(spool)) == [1, MOST_FILES]


def test_a_batch_is_kept_until_the_service_has_all_of_it(spool: Spool, scanner: Path) -> None:
    take(spool, scanner, "1.pdf")
    (batch,) = sealed(spool)
    with pytest.raises(ValueError, match="kept"):
        spool.forget(batch, {**RECEIPT, "balanced": False})
    assert spool.waiting() == 1
    spool.forget(batch, RECEIPT)
    assert (spool.waiting(), spool.sealed()) == (0, [])
    assert [one["batch"] for one in spool.done()] == [batch.id]


def test_a_refused_file_lies_aside_with_its_reason_and_replaces_nothing(
    spool: Spool, scanner: Path, tmp_path: Path
) -> None:
    aside = tmp_path / "refused"
    for data in (b"one", b"two"):
        take(spool, scanner, "scan.pdf", data)
    (batch,) = sealed(spool)
    for file in batch.files:
        assert spool.put_aside(file, aside, "vì rỗng") is not None
        assert spool.put_aside(file, aside, "vì rỗng") is None
    assert {path.name: path.read_bytes() for path in aside.glob("*.pdf")} == {
        "scan.pdf": b"one",
        "scan-2.pdf": b"two",
    }
    assert "vì rỗng" in (aside / "scan-2.pdf.txt").read_text()


def test_a_file_on_another_disk_is_copied_and_known_again_after_a_crash(
    spool: Spool, scanner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scanner / "1.pdf"
    path.write_bytes(b"%PDF")

    def other_disk(self: Path, target: Path) -> Path:
        if self.parent == scanner:
            raise OSError(18, "Invalid cross-device link")
        os.replace(self, target)  # noqa: PTH105  (Path.rename is what is replaced here)
        return target

    def crash(self: Path, missing_ok: bool = False) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", other_disk)
        patched.setattr(Path, "unlink", crash)
        with pytest.raises(KeyboardInterrupt):
            spool.take(path, "")
    assert path.exists()
    assert spool.has_copy_of(path)
    (scanner / "2.pdf").write_bytes(b"%PDF")
    assert not spool.has_copy_of(scanner / "2.pdf")


def test_one_program_at_a_time_works_on_a_spool(tmp_path: Path) -> None:
    with sole(tmp_path), pytest.raises(AlreadyRunning), sole(tmp_path):
        pass
    with sole(tmp_path):
        pass
