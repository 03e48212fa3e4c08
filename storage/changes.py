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


def changes_between(begin: ColumnElement[Any] | None, until: ColumnElement[Any]) -> list[Select[Any]]:
    """What began and what ended from one moment to another, or until one."""
    found = [(_changes(1, _BEGAN), _BEGAN), (_changes(-1, _ENDED), _ENDED)]
    return [
        query.where(at <= until) if begin is None else query.where(at >= begin, at <= until)
        for query, at in found
    ]


def _changes(sign: int, at: ColumnElement[Any]) -> Select[Any]:
    return select(*_columns(), literal(sign, literal_execute=True).label("sign"), at.label("at"))


def _columns() -> list[ColumnElement[Any]]:
    """What is asked of changes never leads to them: they are few, and known by when they became known."""
    return [unindexed(case_facts.c[name]).label(name) for name in ("code", "version", *FACTS)]
