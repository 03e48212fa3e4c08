from pathlib import Path

import pytest

from ingest.intake import identified, media_type, media_type_of
from ingest.limits import Limits
from records.errors import EmptyFile, FileTooLarge, UnsupportedMediaType
from records.fixity import Fixity


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


def test_a_file_without_bytes_is_an_error_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.touch()
    for ask in (identified, media_type_of):
        with pytest.raises(EmptyFile):
            ask(path)


def test_the_fixity_is_that_of_the_whole_file(tmp_path: Path) -> None:
    data = b"%PDF-1.7 made up" + b"x" * 3_000_000
    path = tmp_path / "no-pdf-by-name.txt"
    path.write_bytes(data)
    assert identified(path) == (Fixity.of(data), "application/pdf")
    assert media_type_of(path) == "application/pdf"


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(b"no type at all" * 1000)
    with pytest.raises(FileTooLarge):
        identified(path, Limits(bytes=10_000))
