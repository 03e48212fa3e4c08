"""Makes findable what is not: after a restore, or after an upgrade from a program that had no search."""

from __future__ import annotations

from collections.abc import Callable

from config.wiring import Services
from ocr.alto import from_alto
from records.errors import ObjectMissing
from records.fixity import Sha256
from records.ids import PageId, UnitCode
from records.search import indexed
from storage.cursors import Cursor

CHUNK = 200


def complete_search(services: Services, *, on_noted: Callable[[int], None] = lambda done: None) -> int:
    """Put every page that was read, and every record, into the search; returns how many were not in it.

    Repeating it is safe. A page whose words are lost stays out; `sohoa audit objects` names them.
    """
    return _pages(services, on_noted) + _records(services)


def _pages(services: Services, on_noted: Callable[[int], None]) -> int:
    done, after = 0, None
    while True:
        with services.database.snapshot() as tx:
            part = tx.search_gaps.pages(after, CHUNK)
        read = [
            (page, unit, words)
            for page, unit, sha256 in part.items
            if (words := _words(services, sha256)) is not None
        ]
        _note(services, read)
        done += len(read)
        on_noted(done)
        after = part.next
        if after is None:
            return done


def _words(services: Services, sha256: Sha256) -> str | None:
    try:
        text = from_alto(services.objects.get(sha256))
    except ObjectMissing:
        return None
    return indexed(word.text for word in text.words())


def _note(services: Services, read: list[tuple[PageId, UnitCode, str]]) -> None:
    with services.database.transaction() as tx:
        for page, unit, words in read:
            tx.search.note_page(page, unit, words)


def _records(services: Services) -> int:
    done = 0
    after: Cursor | None = None
    while True:
        with services.database.transaction() as tx:
            part = tx.search_gaps.records(after, CHUNK)
            for record in part.items:
                tx.search_gaps.close(record)
        done += len(part.items)
        after = part.next
        if after is None:
            return done
