import hashlib
from collections.abc import Iterator

import pytest

from ingest.intake import check, media_type, received
from ingest.limits import Limits
from records.errors import EmptyFile, FileTooLarge, FixityMismatch, InvalidValue, UnsupportedMediaType


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"%PDF-1.4\n", "application/pdf"),
        (b"\0" * 1024 + b"%PDF-1.4\n", "application/pdf"),
        (b"II*\0\x08\0\0\0", "image/tiff"),
        (b"MM\0*\0\0\0\x08", "image/tiff"),
        (b"II+\0\x08\0\0\0", "image/tiff"),
        (b"MM\0+\0\x08\0\0", "image/tiff"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, expected: str) -> None:
    assert media_type(head) == expected


@pytest.mark.parametrize(
    "head",
    [
        b"MZ\x90\0",
        b"BM6\0",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBP",
        b"P6 1 1 255",
        b"\0" * 1030 + b"%PDF-1.4",
        b"%PD",
    ],
)
def test_any_other_content_is_refused_whatever_it_is_called(head: bytes) -> None:
    with pytest.raises(UnsupportedMediaType):
        media_type(head)


def test_a_file_without_bytes_is_an_error_of_its_own() -> None:
    with pytest.raises(EmptyFile):
        check(b"", sha(b""))


def test_the_fixity_is_that_of_the_bytes_and_the_declared_case_does_not_matter() -> None:
    data = b"%PDF-1.7 made up"
    fixity, found = check(data, sha(data).upper())
    assert (fixity.sha256, fixity.size, found) == (sha(data), len(data), "application/pdf")


def test_bytes_that_changed_on_the_way_are_refused() -> None:
    with pytest.raises(FixityMismatch):
        check(b"%PDF-1.7 changed", sha(b"%PDF-1.7 made up"))


def test_a_declaration_that_is_no_sha256_is_refused() -> None:
    with pytest.raises(InvalidValue):
        check(b"%PDF-1.7", "../../etc/passwd")


def test_a_sender_without_end_is_cut_off_at_the_limit() -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b"%PDF-1.7" * 128

    with pytest.raises(FileTooLarge), received(endless(), sha(b""), Limits(bytes=10_000)):
        pass
    assert sent == 10


def test_a_stream_lies_on_disk_inside_its_context_and_is_gone_behind_it() -> None:
    chunks = [b"%PDF-", b"1.7 ", b"x" * 100_000]
    with received(chunks, sha(b"".join(chunks))) as file:
        assert file.path.read_bytes() == b"".join(chunks)
        assert file.media_type == "application/pdf"
    assert not file.path.exists()


def test_a_head_that_arrives_byte_by_byte_is_still_recognised() -> None:
    data = b"\x89PNG\r\n\x1a\n rest"
    with received((data[at : at + 1] for at in range(len(data))), sha(data)) as file:
        assert file.media_type == "image/png"
