"""Papers of many pages for measuring the desk: copies of papers that were read, with further pages at 300 dpi.

No engine reads them: their rows and objects are laid down as the pipeline would have left them. Each page has an image
of its own, so that no preview of another one serves.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from bench.bulk import fill
from records.fixity import Fixity
from samples import make_document
from samples.pack import jpeg
from storage.files import DirectoryStore
from storage.tables import batches, files, pages, records

DPI = 300
DRAWN = 3  # papers whose pages are used again and again, each time as an image of its own
OLDEST = datetime(2020, 1, 1, tzinfo=UTC)
_OWN = uuid.UUID("00000000-0000-4000-a000-000000000000")


def add_long_papers(
    engine: Engine, objects: Path, batch: str, known: Sequence[str], many: int, length: int
) -> dict[str, str]:
    """Add `many` waiting papers of `length` pages, the first pages those of the `known` records by turns.

    They are the oldest of a batch of their own at the site of `batch`. Returns the record that each was made from.
    """
    store, images = DirectoryStore(objects), _images()
    made: dict[str, str] = {}
    with engine.connect() as connection:
        scanned = dict(connection.execute(select(batches).where(batches.c.id == batch)).mappings().one())
    own = _key("batch")
    fill(engine, {"batches": [{**scanned, "id": own, "opened_at": OLDEST}]})
    for number in range(many):
        source = known[number % len(known)]
        rows = _rows(engine, source, own, number, length)
        for row, image in zip(rows["pages"][1:], _own(images, number, length - 1), strict=True):
            data, width, height = image
            fixity = Fixity.of(data)
            store.put(data, fixity, "image/jpeg")
            row |= {
                "image_sha256": fixity.sha256,
                "image_size": fixity.size,
                "width": width,
                "height": height,
            }
            row |= {"media_type": "image/jpeg"}
        fill(engine, rows)
        made[rows["records"][0]["id"]] = source
    return made


def _rows(engine: Engine, source: str, batch: str, number: int, length: int) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        record = connection.execute(select(records).where(records.c.id == source)).mappings().one()
        first = (
            connection.execute(select(pages).where(pages.c.record == source).order_by(pages.c.position))
            .mappings()
            .first()
        )
        assert first is not None
        file = connection.execute(select(files).where(files.c.id == first["file"])).mappings().one()
    own, own_file = _key(f"record-{number}"), _key(f"file-{number}")
    place = {"batch": batch, "file_sequence": number + 1, "first_page": 1, "created_at": OLDEST}
    leaf = {**first, "batch": batch, "file": own_file, "record": own}
    return {
        "files": [{**file, "id": own_file, "batch": batch, "sequence": number + 1, "pages": length}],
        "records": [{**record, **place, "id": own}],
        "pages": [
            {**leaf, "id": _key(f"page-{number}-{page}"), "number": page, "position": page}
            for page in range(1, length + 1)
        ],
    }  # fmt: skip


def _key(name: str) -> str:
    return str(uuid.uuid5(_OWN, name))


def _images() -> list[tuple[bytes, int, int]]:
    drawn = [make_document(6100 + seed, dpi=DPI, upright=True) for seed in range(DRAWN)]
    return [(jpeg(page), page.width, page.height) for document in drawn for page in document.pages]


def _own(images: Sequence[tuple[bytes, int, int]], number: int, many: int) -> list[tuple[bytes, int, int]]:
    """So many images, each with a mark behind its end, which no decoder reads: another object, the same picture."""
    chosen = [images[n % len(images)] for n in range(many)]
    return [(data + f"{number}-{n}".encode(), wide, high) for n, (data, wide, high) in enumerate(chosen)]


def as_known(made: Mapping[str, str], known: Mapping[str, Any]) -> dict[str, Any]:
    """What stands on these papers: what stands on those that they were made from."""
    return {record: known[source] for record, source in made.items()}
