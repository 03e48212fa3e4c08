"""Decodes untrusted files in a child process that may crash, hang or want too much, at no cost to anybody else.

A page on which the child dies is tried once more with another reader; then it is left out, and the pages beside the
gap say so. What the child answers is checked like any other input.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from ingest.child import DECODER, Child, Died, Refused
from ingest.limits import Limits
from ingest.protocol import Failed, Job, RasterPage
from records.disk import room_needed
from records.errors import DamagedFile, DecodeMemory, ScratchFull
from records.page import QualityFlag

__all__ = ["Limits", "RasterPage", "Rasteriser"]

_MOST_DEATHS = 4  # of children on one file
_TWO_READERS = ("application/pdf", "image/tiff")  # media types that a second reader may survive


class Rasteriser:
    """Turns files into page images within limits."""

    def __init__(self, limits: Limits | None = None, decoder: Sequence[str] = DECODER) -> None:
        self._limits = limits or Limits()
        self._decoder = decoder  # the command of the child

    def rasterise(self, path: Path, media_type: str) -> Iterator[RasterPage]:
        """The pages of a file, upright, one decoded at a time; each image file is there until the next is asked for.

        Raises an InvalidInput (EncryptedFile, DamagedFile, TooManyPages, ImageTooLarge, DecodeTimeout, DecodeMemory,
        UnsupportedMediaType) when there is not one page to show. Pages that cannot be shown are left out: their numbers
        are missing, and the page before the gap (or the first one behind it) is flagged TRUNCATED.
        Raises ScratchFull when there is no room for a page's image: the file is not to blame, and no page is left out.
        """
        with ExitStack() as stack:
            with room_needed():
                scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="sohoa-decode-"))
            job = Job(str(path.resolve()), media_type, scratch, os.getpid(), 1, False, self._limits)
            yield from _flagged(_results(job, self._decoder))


def _flagged(results: Iterator[RasterPage | Failed]) -> Iterator[RasterPage]:
    """Hold each page back until the next result is known, so that it can say what is missing behind it."""
    held: RasterPage | None = None
    lost: Failed | None = None
    shown = 0
    for result in results:
        if isinstance(result, Failed):
            if isinstance(result.error, ScratchFull):
                raise result.error
            lost = lost or result
            held = held and _truncated(held)
            continue
        if held is not None:
            yield held
            held.image.unlink(missing_ok=True)
        held = _truncated(result) if lost and not shown else result
        shown += 1
    if held is not None:
        yield held
    elif lost is not None:
        raise lost.error
    else:
        raise DamagedFile("the file has no pages")


def _truncated(page: RasterPage) -> RasterPage:
    flags = tuple(sorted({*page.quality.flags, QualityFlag.TRUNCATED}))
    return replace(page, quality=replace(page.quality, flags=flags))


def _results(first_job: Job, decoder: Sequence[str]) -> Iterator[RasterPage | Failed]:
    """Pages and failures in order, from as many children as it takes."""
    job, seconds_left = first_job, first_job.limits.seconds
    for _ in range(_MOST_DEATHS):
        child = Child(job, seconds_left, decoder)
        try:
            with child:
                for result in child.results():
                    yield result
                    job = replace(job, first_page=result.number + 1)
            return
        except Refused as refused:
            yield Failed(job.first_page, refused.error)
            return
        except Died as died:
            error = died.error
        seconds_left = child.seconds_left
        if seconds_left <= 0:
            break
        if not isinstance(error, DecodeMemory) and not job.careful and job.media_type in _TWO_READERS:
            job = replace(job, careful=True)
        elif child.pages > job.first_page:
            yield Failed(job.first_page, error)
            job = replace(job, first_page=job.first_page + 1, careful=False)
        else:
            break
    yield Failed(job.first_page, error)
