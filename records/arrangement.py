"""Which pages make a paper, by a person's word: parted, joined or sorted, and no page lost or doubled.

A record's id is derived from one of its pages, which stays with it. So a part that is split off gets the id of the
first of its own pages, and one that was merged before and is parted again becomes the very record that it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from records.errors import InvalidValue
from records.ids import PageId, record_id
from records.record import Record
from records.states import RecordState

TURNS = (0, 90, 180, 270)  # degrees clockwise


def parted(record: Record, starts: Sequence[int]) -> tuple[Record, ...]:
    """The record and the new records that begin at these places (from 2) of its pages.

    Raises InvalidValue for a place that is not inside, IllegalTransition when the record is not on the desk.
    """
    cuts = [0, *(start - 1 for start in starts), len(record.pages)]
    if len(cuts) < 3 or any(after <= before for before, after in pairwise(cuts)):
        raise InvalidValue("name the pages, in order and from 2, with which new papers begin", field="starts")
    pieces = [record.pages[begin:end] for begin, end in pairwise(cuts)]
    return tuple(
        record.rearranged(pages) if names(record, pages) else _new_part(record, pages) for pages in pieces
    )


def names(record: Record, pages: Sequence[PageId]) -> bool:
    """Whether the page that the record's id comes from is among these."""
    return any(record_id(page) == record.id for page in pages)


def _new_part(record: Record, pages: tuple[PageId, ...]) -> Record:
    return Record(
        id=record_id(pages[0]),
        batch=record.batch,
        unit=record.unit,
        pages=pages,
        state=RecordState.ASSEMBLED,
        created_at=record.created_at,
        cover_code=None if record.is_cover else record.cover_code,
        arranged=True,
    )


def revived(part: Record, merged: Record) -> Record:
    """A part that is the record which was merged before: its history goes on."""
    return replace(merged.rearranged(part.pages), cover_code=part.cover_code, is_cover=False)


def joined(record: Record, others: Sequence[Record]) -> tuple[Record, ...]:
    """The record with the pages of the others behind its own, and the others without any.

    Raises InvalidValue for records of another batch or the same twice, IllegalTransition.
    """
    if len(others) == 0:
        raise InvalidValue("name the other papers, each once", field="others")
    return arranged(record, others, [[page for one in (record, *others) for page in one.pages]])


def sorted_as(record: Record, pages: Sequence[PageId]) -> Record:
    """The record with its pages in this order; raises InvalidValue unless they are exactly its own."""
    if sorted(pages) != sorted(record.pages):
        raise InvalidValue("name every page of the paper, each once", field="pages")
    return record.rearranged(tuple(pages))


def arranged(
    record: Record, others: Sequence[Record], papers: Sequence[Sequence[PageId]]
) -> tuple[Record, ...]:
    """The records that these papers are, made of exactly the pages of the record and the others; and, without any
    pages, those of the others that no paper is.

    Raises InvalidValue for records of another batch, pages that are missing, strange or named twice, IllegalTransition.
    """
    before = [record, *others]
    if len({one.id for one in before}) != len(before):
        raise InvalidValue("name the other papers, each once", field="others")
    if any(one.batch != record.batch for one in others):
        raise InvalidValue("papers of one batch can be joined", field="others")
    pages = sorted(page for one in before for page in one.pages)
    if sorted(page for paper in papers for page in paper) != pages or not all(papers):
        raise InvalidValue("name every page of these papers, each once", field="papers")
    left, after = before, []
    for paper in papers:
        same = next((one for one in left if names(one, paper)), None)
        left = [one for one in left if one is not same]
        after.append(same.rearranged(tuple(paper)) if same else _new_part(record, tuple(paper)))
    return *after, *(one.merged() for one in left)
