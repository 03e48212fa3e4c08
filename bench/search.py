"""How long a search takes: `./sohoa bench search [--pages N] [--database URL]`.

Fills an empty database (by default a SQLite file of its own) with made-up papers of one page each, then asks for
names, numbers, phrases, common words and words that are nowhere, for the whole office and for one ward, and under
the filters of the screen. Per kind of question: the milliseconds of the median, of 95 in 100, and of the slowest.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console

from bench.bulk import Row, fill, search_index_made_afterwards, settled
from bench.timing import Figures, figures, milliseconds, shown
from records.ids import DocumentTypeCode, StationId, UnitCode
from records.search import SearchQuery, indexed
from records.staff import WHOLE_OFFICE, Scope, Station
from records.states import RecordState
from samples.documents import make_document
from samples.people import some_name
from storage.database import Database, Transaction, make_database
from storage.engines import make_engine
from storage.search import SearchFilter

SEED = 4100
TEMPLATES = 60  # papers whose text is varied: rendering each of a million would take days
OLDEST = datetime(2022, 1, 3, 8, 0, tzinfo=UTC)
UNITS = tuple(UnitCode(f"P{number}") for number in range(1, 11))
PER_BATCH = 50
PER_CHUNK = 5000
ASKED = 40  # questions of each kind


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    query: str
    scope: Scope
    only: SearchFilter | None = None


def texts(rng: Random) -> Iterator[str]:
    """Without end, the words of papers: those of a sample, another person's name, and numbers of their own."""
    papers = [indexed([make_document(SEED + seed).truth.text]).split() for seed in range(TEMPLATES)]
    vocabulary = sorted({word for paper in papers for word in paper})
    while True:
        words = list(rng.choice(papers))
        for place in rng.sample(range(len(words)), len(words) // 8):
            words[place] = rng.choice(vocabulary)
        name = indexed([some_name(rng, rng.random() < 0.5)])
        yield f"{' '.join(words)} {name} {rng.randrange(10**6)} qd ubnd"


def rows(first: int, last: int, words: Iterator[str]) -> dict[str, list[Row]]:
    """The rows of these papers, by table."""
    made: dict[str, list[Row]] = {
        name: [] for name in ("batches", "files", "records", "pages", "search_entries")
    }
    for number in range(first, last):
        batch, at = f"b{number // PER_BATCH:07}", OLDEST + timedelta(minutes=number)
        unit = UNITS[number // PER_BATCH % len(UNITS)]
        if number % PER_BATCH == 0:
            made["batches"].append(
                {"id": batch, "station": f"s-{unit}", "unit": unit, "operator": "x", "opened_at": at}
            )
        for table, row in _paper(number, batch, unit, at, next(words)).items():
            made[table].append(row)
    return made


def _paper(number: int, batch: str, unit: str, at: datetime, words: str) -> dict[str, Row]:
    key, place, lease = f"{number:08}", number % PER_BATCH + 1, {"state_at": at, "attempts": 0}
    sha256 = f"{number:064x}"
    return {
        "files": {
            "id": f"f{key}", "batch": batch, "sequence": place, "name": "x.pdf", "sha256": sha256, "size": 1,
            "media_type": "application/pdf", "received_at": at, "state": "rasterised", "pages": 1, **lease,
        },
        "records": {
            "id": f"r{key}", "batch": batch, "file_sequence": place, "first_page": 1, "unit": unit,
            "state": "classified", "created_at": at, "version": 2, "is_cover": False, "document_type": "QD",
            "fields": [], "proposals": [], "review_reasons": [], "filing_parked": False, **lease,
        },
        "pages": {
            "id": f"p{key}", "file": f"f{key}", "number": 1, "batch": batch, "record": f"r{key}", "position": 1,
            "width": 1654, "height": 2339, "image_sha256": sha256, "image_size": 1, "media_type": "image/jpeg",
            "quality": {}, "barcodes": [], "state": "recognised", **lease,
        },
        "search_entries": {
            "sequence": number + 1, "key": f"p{key}", "page": f"p{key}", "unit": unit, "day": f"{at:%Y%m%d}",
            "words": words,
        },
    }  # fmt: skip


def questions(rng: Random) -> list[Question]:
    """What people ask for, each kind for the whole office and for one ward."""
    kinds: dict[str, Callable[[], str]] = {
        "name": lambda: some_name(rng, rng.random() < 0.5),
        "name in quotes": lambda: f'"{some_name(rng, rng.random() < 0.5)}"',
        "number": lambda: f"{rng.randrange(10**6)}/QĐ-UBND",
        "phrase on every page": lambda: '"cộng hòa xã hội chủ nghĩa việt nam"',
        "common words": lambda: rng.choice(("ngày tháng năm", "ủy ban nhân dân", "căn cứ quyết định")),
        "common and rare": lambda: f"quyết định {rng.randrange(10**6)}",
        "nowhere": lambda: f"xyzq{rng.randrange(100)} ngày",
        "common, never together": lambda: '"nam viet" "hoi xa"',
    }
    scopes = (WHOLE_OFFICE, Scope(frozenset({UNITS[3]})))
    plain = [Question(kind, ask(), scopes[n % 2]) for kind, ask in kinds.items() for n in range(ASKED)]
    return plain + filtered(rng, kinds)


def filtered(rng: Random, kinds: dict[str, Callable[[], str]]) -> list[Question]:
    """A name, a phrase of every page and common words under each filter; also those that no paper meets."""
    month = OLDEST + timedelta(days=30 * rng.randrange(2))
    filters = {
        "a unit": SearchFilter(unit=UNITS[5]),
        "a month": SearchFilter(first=month, before=month + timedelta(days=30)),
        "a type of every paper": SearchFilter(document_type=DocumentTypeCode("QD")),
        "a type of no paper": SearchFilter(document_type=DocumentTypeCode("GKS")),
        "a state of no paper": SearchFilter(state=RecordState.FILED),
    }
    asked = [kinds[kind] for kind in ("name", "phrase on every page", "common words")]
    return [
        Question(f"filter: {name}", ask(), WHOLE_OFFICE, only)
        for name, only in filters.items()
        for ask in asked
        for _ in range(ASKED // len(asked))
    ]


def _asked(question: Question) -> Callable[[Transaction], object]:
    return lambda tx: tx.search.find(SearchQuery.parse(question.query), question.scope, only=question.only)


def measured(database: Database, rng: Random) -> dict[str, Figures]:
    """Per kind of question, and over all: median, 95 in 100, slowest."""
    asked = questions(rng)
    rng.shuffle(asked)
    took = [(question.kind, milliseconds(database, _asked(question))) for question in asked]
    kinds = dict.fromkeys(question.kind for question in questions(rng))
    found = {kind: figures([ms for of, ms in took if of == kind]) for kind in kinds}
    return {**found, "all": figures([ms for _, ms in took])}


def prepare(url: str, pages: int, say: Callable[[str], None]) -> None:
    """Fill a database from where it was left: a fill that was cut off goes on."""
    engine = make_engine(url)
    begun = _set_up(url)
    words = texts(Random(SEED + begun))
    with search_index_made_afterwards(engine):
        for first in range(begun, pages, PER_CHUNK):
            fill(engine, rows(first, min(first + PER_CHUNK, pages), words))
            say(f"{min(first + PER_CHUNK, pages):,} pages")
        say("the index")
    settled(engine)
    engine.dispose()


def _set_up(url: str) -> int:
    """Stations and default data, unless they are there; returns how many pages are."""
    database = make_database(url)
    database.migrate()
    with database.transaction() as tx:
        if tx.rows.is_empty():
            tx.catalogue.seed()
            for unit in UNITS:
                tx.stations.add(
                    Station(StationId(f"s-{unit}"), f"Scanner {unit}", unit), f"key-{unit}", OLDEST
                )
        there = tx.rows.count("search_entries")
    database.close()
    return there


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="sohoa bench search", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument(
        "--database", help="URL of a database of its own; by default a SQLite file of its own"
    )
    parser.add_argument("--filled", action="store_true", help="the database was filled by an earlier run")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    console = Console(stderr=True)
    with TemporaryDirectory(prefix="sohoa-bench-") as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'search.db'}"
        if not given.filled:
            prepare(url, given.pages, lambda text: console.print(text, end="\r"))
        database = make_database(url)
        found = measured(database, Random(SEED + 1))
        database.close()
    _show(found, given.pages, as_json=given.json)
    return 0


def _show(found: dict[str, Figures], pages: int, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"pages": pages, "milliseconds": found}) + "\n")
    else:
        Console().print(shown(f"Search over {pages:,} pages", found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
