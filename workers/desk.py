"""What the clerk's desk shows of a record: its pages, the doubtful syllables of each value, and what else it may be."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from classify.doubt import doubtful_spans, words_in
from config.wiring import Services
from ocr.alto import from_alto, rotation_in
from ocr.images import load_image
from ocr.region import read_region
from records.errors import TooManyRequests
from records.page import Box, Page, PageText
from records.record import Field, Record
from storage.objects import ObjectStore
from workers.usual_places import Place, usual_place

PATIENCE = 5.0  # seconds that a reading waits for its turn
_AT_ONCE = threading.Semaphore(1)  # a reading keeps a core busy; batches need the others


@dataclass(frozen=True, slots=True)
class FieldAid:
    """Help with one field: where its value is doubtful (characters, from and to), other values, and for one of which
    nothing was read where it usually stands."""

    name: str
    doubtful: tuple[tuple[int, int], ...]
    candidates: tuple[str, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it lies on the desk: `rotation` degrees clockwise stand its image upright."""

    page: Page
    rotation: int


class _Texts(Mapping[int, PageText]):
    """What was read on the pages of a record, by number from 1; a page is fetched when it is looked at."""

    def __init__(self, objects: ObjectStore, pages: Sequence[Page]) -> None:
        self._objects = objects
        self._stored = {n: page.text.sha256 for n, page in enumerate(pages, start=1) if page.text}
        self._fetched: dict[int, PageText] = {}

    def __getitem__(self, number: int) -> PageText:
        if number not in self._fetched:
            self._fetched[number] = from_alto(self._objects.get(self._stored[number]))
        return self._fetched[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def lay_out(services: Services, record: Record, pages: Sequence[Page]) -> tuple[list[Sheet], list[FieldAid]]:
    """The sheets of a record and the help with its fields; raises ObjectMissing or BackendUnavailable."""
    texts = _Texts(services.objects, pages)
    sheets = [Sheet(page, rotation_of(services.objects, page)) for page in pages]
    return sheets, [_aid(services, field, record.fields, texts) for field in record.fields]


def rotation_of(objects: ObjectStore, page: Page) -> int:
    """How far a page is to be turned to stand upright (degrees clockwise): by a person's word, else as it was read.

    Only of a page that was read before this was kept is the object with its words fetched.
    """
    known = page.rotation if page.turned is None else page.turned
    if known is not None:
        return known
    return rotation_in(objects.get(page.text.sha256)) if page.text else 0


def _aid(
    services: Services, field: Field, fields: Sequence[Field], texts: Mapping[int, PageText]
) -> FieldAid:
    text = texts.get(field.page) if field.page and field.box else None
    words = words_in(field.box, text) if field.box and text else ()
    doubtful = doubtful_spans(field.value, words) if field.value else ()
    candidates = services.candidates.of(field, words, doubtful)
    return FieldAid(field.name, doubtful, candidates, usual_place(field, fields, texts))


def read_part(services: Services, page: Page, box: Box, rotation: int) -> PageText:
    """The words inside a box of a page, read now. Raises InvalidValue, TooManyRequests when others read, Unreadable."""
    image = load_image(services.objects.get(page.image.sha256), page.media_type)
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise TooManyRequests("another region is being read", retry_after=2)
    try:
        return read_region(services.engine, image, box, rotation, page.quality.dpi)
    finally:
        _AT_ONCE.release()
