"""The child process: binds itself to its limits, then turns one untrusted file into page images, one at a wish.

Started by `ingest.sandbox` as `python -m ingest.decode`; see `ingest.protocol` for what it reads and answers.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ingest.confine import confine
from ingest.protocol import Job, RasterPage, page_file, page_line, write_words
from records.disk import is_full
from records.errors import DamagedFile, DecodeMemory, InvalidInput, ScratchFull

if TYPE_CHECKING:
    from ingest.raster import Document


def main() -> None:
    """Do one job; every end but a crash is an answer on standard output."""
    answers = _own_output()
    job = Job.of(sys.stdin.buffer.readline())
    confine(job.limits, job.parent)
    try:
        _decode(job, sys.stdin.buffer, answers)
    except InvalidInput as refused:
        _say(answers, error=refused.code)
    except MemoryError:
        _say(answers, error=DecodeMemory.code)
    except Exception as unforeseen:
        _say(answers, error=_code_of(unforeseen))


def _own_output() -> BinaryIO:
    """Standard output for our answers alone: whatever a decoder prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _say(answers: BinaryIO, **said: object) -> None:
    answers.write(json.dumps(said).encode() + b"\n")


def _decode(job: Job, wishes: BinaryIO, answers: BinaryIO) -> None:
    from ingest.rasterise import opened

    document = opened(Path(job.path), job.media_type, Path(job.scratch), job.limits, job.careful)
    _say(answers, pages=document.pages)
    for number in range(job.first_page, document.pages + 1):
        if not wishes.readline():
            return
        answers.write(_page(document, number, Path(job.scratch)))
    if wishes.readline():
        _say(answers, end=True)


def _page(document: Document, number: int, scratch: Path) -> bytes:
    try:
        return page_line(_written(document, number, scratch))
    except InvalidInput as refused:
        code = refused.code
    except MemoryError:
        code = DecodeMemory.code
    except Exception as unforeseen:  # a decoder's own error on untrusted bytes: the next page may be good
        code = _code_of(unforeseen)
    return json.dumps({"failed": number, "error": code}).encode() + b"\n"


def _code_of(unforeseen: Exception) -> str:
    """OpenCV reports a failed allocation as an error of its own."""
    if is_full(unforeseen):
        return ScratchFull.code
    return DecodeMemory.code if "nsufficient memory" in str(unforeseen) else DamagedFile.code


def _written(document: Document, number: int, scratch: Path) -> RasterPage:
    from ingest.barcodes import read_barcodes
    from ingest.encode import encoded
    from ingest.quality import measured

    raster = document.page(number)
    data, media_type = encoded(raster)
    image = page_file(scratch, number, media_type)
    image.write_bytes(data)
    quality, codes = measured(raster), read_barcodes(raster.gray)
    page = RasterPage(number, raster.width, raster.height, image, media_type, quality, codes, raster.words)
    write_words(scratch, page)
    return page


if __name__ == "__main__":
    main()
