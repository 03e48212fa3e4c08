"""The changes of what dossiers count for: every one that ever was, those of some time, and those that wait.

A row of facts began at one moment and perhaps ended at another: two changes, of sign 1 and -1.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select

from storage.tables_coverage import FACTS, case_facts, facts_pending
from storage.unindexed import unindexed

_BEGAN, _ENDED = case_facts.c.valid_from, case_facts.c.valid_to


def waiting_changes(batch: str | None = None) -> Select[Any]:
    """The changes that a summing has marked, or those that wait: the facts, the sign, and `at`, when it was known."""
    at = case((facts_pending.c.sign == 1, _BEGAN), else_=_ENDED)
    query = select(*_columns(), facts_pending.c.sign, at.label("at")).join(
        facts_pending,
        (unindexed(facts_pending.c.code) == case_facts.c.code)
        & (unindexed(facts_pending.c.version) == case_facts.c.version),
    )
    return query if batch is None else query.where(facts_pending.c.batch == batch)


def all_changes() -> list[Select[Any]]:
    """Every change that ever was: what began, and what ended."""
    return [_changes(1, _BEGAN), _changes(-1, _ENDED).where(_ENDED.is_not(None))]


def changes_until(until: ColumnElement[Any]) -> list[Select[Any]]:
    """Every change up to a moment."""
    return [_changes(1, _BEGAN).where(until >= _BEGAN), _changes(-1, _ENDED).where(until >= _ENDED)]


def net_changes(begin: ColumnElement[Any], until: ColumnElement[Any]) -> list[Select[Any]]:
    """What the changes from one moment to another come to: what began and still stood, and what had stood and ended.

    Facts that came and went in between, as most do in a few weeks, would add nothing and take it off again.
    """
    began = _changes(1, _BEGAN).where(begin <= _BEGAN, until >= _BEGAN)
    ended = _changes(-1, _ENDED).where(begin <= _ENDED, until >= _ENDED)
    return [
        began.where(unindexed(_ENDED).is_(None)),
        began.where(unindexed(_ENDED) > until),
        ended.where(unindexed(_BEGAN) < begin),
    ]


def _changes(sign: int, at: ColumnElement[Any]) -> Select[Any]:
    return select(*_columns(), literal(sign, literal_execute=True).label("sign"), at.label("at"))


def _columns() -> list[ColumnElement[Any]]:
    """What is asked of changes never leads to them: they are few, and known by when they became known."""
    return [unindexed(case_facts.c[name]).label(name) for name in ("code", "version", *FACTS)]
