"""What a change of a dossier's facts adds to the sums of the statutory forms, and on which of its days.

A dossier is received on a day R, and resolved on a day D, at the earliest on R; so it belongs to a period when R lies
before its end and D not before its begin. Its due day U is at the earliest R: it is overdue after U, until D.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from records.tallies import Standing
from storage.blocks import number_of
from storage.changes import all_changes, waiting_changes
from storage.digests import digest_of, limbs_of
from storage.months import local_day
from storage.standings import PLACES
from storage.stated import text_of
from storage.tables_forms import FORM_MEASURES, SEALED

KNOWN_DAYS = 64  # that are kept together by when they became known
_FACTS = (
    "code", "version", "unit", "domain", "received_day", "resolved_day", "due_day", "online", "needs", "has", "papers",
    "reused", "shared", "timing", "standing", "certification", "case_version", "filed", "papers_digest",
)  # fmt: skip

_COUNTED = (  # what `counted` asks of a change
    "unit", "domain", "received", "resolved", "due", "known", "online", "needs", "has", "papers", "reused", "shared",
    "timing", "standing", "certification",
)  # fmt: skip

Numbers = Mapping[str, ColumnElement[int]]


def changes_taken_in() -> list[Select[Any]]:
    """Every change that ever was, less those that wait."""
    waiting = waiting_changes().subquery("waiting")
    less = [(-column).label("sign") if column.name == "sign" else column for column in waiting.c]
    return [*all_changes(), select(*less)]


# --- on which day what is added ---


def dated(changes: Sequence[Select[Any]]) -> CTE:
    """The changes with their days as numbers: `received`, `resolved`, `due`, and `known`, in parts of 64 days."""
    every = union_all(*changes).subquery("every_change")
    names = (name for name in (*_FACTS, "sign") if name != "due_day")
    days = zip(("received", "resolved", "due"), days_of(every), strict=True)
    known = number_of(local_day(every.c.at)) // _number(KNOWN_DAYS)
    return select(
        *(every.c[name] for name in names), *(day.label(name) for name, day in days), known.label("known")
    ).cte("dated")


def counted(changes: CTE) -> Iterator[Select[Any]]:
    """Rows of unit, domain, rule, day, known and FORM_MEASURES, to be added up."""
    c = changes.c
    accepted = c.standing != _number(PLACES[Standing.NOT_ACCEPTED])
    yield _measured(changes, c.received, _as_received(changes, accepted))
    yield _measured(changes, c.resolved, _as_resolved(changes, accepted), c.resolved.is_not(None))
    dated = and_(accepted, c.due.is_not(None))
    yield _measured(changes, c.due, {"past_due": _number(1)}, dated)
    ended = case((c.resolved > c.due, c.resolved), else_=c.due)
    yield _measured(changes, ended, {"past_due": _number(-1)}, dated, c.resolved.is_not(None))


def sealed(changes: CTE) -> Iterator[Select[Any]]:
    """Rows of axis, unit, day, known and SEALED, to be added up."""
    told = select(*changes.c, _dossier(changes).label("dossier"), _papers(changes).label("paper")).cte("told")
    yield _sealed(told, "received", told.c.received)
    yield _sealed(told, "resolved", told.c.resolved).where(told.c.resolved.is_not(None))


def days_of(facts: FromClause) -> tuple[ColumnElement[int], ColumnElement[int], ColumnElement[int]]:
    """R, D and U as numbers; D and U are empty where there is no such day."""
    c = facts.c
    received = number_of(c.received_day)
    resolved, due = (
        case((day < c.received_day, received), (day.is_(None), None), else_=number_of(day))
        for day in (c.resolved_day, c.due_day)
    )
    return received, resolved, due


def rule_of(facts: FromClause) -> ColumnElement[int]:
    """What the procedure says of a dossier: 1 for certification, and 2 for a result in writing."""
    return facts.c.certification + 2 * facts.c.needs


def _as_received(facts: FromClause, accepted: ColumnElement[bool]) -> Numbers:
    c = facts.c
    reused = or_(c.reused == 1, c.shared == 1)
    flags = {
        "online": c.online == 1,
        "direct": c.online == 0,
        "with_component": or_(c.papers == 1, reused),
        "reused": reused,
        "shared": c.shared == 1,
        "new_undated": c.due.is_(None),
        "new_with_result": c.has == 1,
        "new_digitised": _whole(facts),
    }
    return _flagged(flags, accepted) | {"new_turned_away": case((accepted, 0), else_=1)}


def _as_resolved(facts: FromClause, accepted: ColumnElement[bool]) -> Numbers:
    c = facts.c
    given_back = c.standing == _number(PLACES[Standing.GIVEN_BACK])
    flags = {
        "early": and_(~given_back, c.timing == -1),
        "on_time": or_(given_back, c.timing == 0),
        "late": and_(~given_back, c.timing == 1),
        "done_undated": c.due.is_(None),
        "done_with_result": c.has == 1,
        "done_digitised": _whole(facts),
    }
    return _flagged(flags, accepted) | {"done_turned_away": case((accepted, 0), else_=1)}


def _whole(facts: FromClause) -> ColumnElement[bool]:
    return and_(facts.c.papers == 1, or_(facts.c.has == 1, facts.c.needs == 0))


def _flagged(flags: Mapping[str, ColumnElement[bool]], accepted: ColumnElement[bool]) -> dict[str, Any]:
    return {name: _one_if(and_(accepted, flag)) for name, flag in flags.items()}


def _measured(
    changes: CTE, day: ColumnElement[int], values: Numbers, *which: ColumnElement[bool]
) -> Select[Any]:
    c = changes.c
    counts = ((values[name] * c.sign if name in values else _number(0)).label(name) for name in FORM_MEASURES)
    keys = (c.unit, c.domain, rule_of(changes).label("rule"), day.label("day"), c.known)
    return select(*keys, *counts).where(*which)


def alike(changes: CTE, begins: Sequence[int]) -> CTE:
    """The changes that count for the same, as one of their number: far fewer, and most come to nothing.

    Each of the days becomes the place of the stretch in which it lies; `begins` are their first days, in order.
    """
    stretches = {day: _place_among(changes.c[day], begins) for day in ("received", "resolved", "due")}
    keys = [stretches.get(name, changes.c[name]).label(name) for name in _COUNTED]
    times = func.sum(changes.c.sign)
    query = select(*keys, times.label("sign")).group_by(*keys).having(times != _number(0))
    return query.cte("alike").prefix_with("MATERIALIZED", dialect="postgresql")


def _place_among(day: ColumnElement[int], begins: Sequence[int]) -> ColumnElement[Any]:
    later = ((day >= begin, _number(place)) for place, begin in reversed(list(enumerate(begins))))
    return case((day.is_(None), None), *later, else_=_number(-1))


# --- seals ---


def sealed_of_period(changes: CTE, begin: int, end: int, which: ColumnElement[bool]) -> Select[Any]:
    """SEALED of the dossiers received before the end and not resolved before the begin, as the changes leave it.

    `which` of the changes are asked about. Only what is left over is digested, and once.
    """
    c = changes.c
    times = (_one_if(c.received < end) - _one_if(c.resolved < begin)) * c.sign
    told = (
        select(
            times.label("sign"), c.filed, _dossier(changes).label("dossier"), _papers(changes).label("paper")
        )
        .where(times != 0, which)
        .cte("told")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    values = _seal_of(told).items()
    sums: list[ColumnElement[Any]] = [func.sum(value * told.c.sign).label(name) for name, value in values]
    return select(*sums)


def _dossier(facts: FromClause) -> ColumnElement[str]:
    return dossier_digest(facts.c.code, facts.c.case_version, facts.c.version)


def _papers(facts: FromClause) -> ColumnElement[Any]:
    digest = papers_digest(facts.c.code, facts.c.papers_digest)
    return case((facts.c.filed > 0, digest), else_=None)


def dossier_digest(*parts: ColumnElement[Any]) -> ColumnElement[str]:
    """Of a dossier: its code, its version, and that of its facts."""
    return digest_of(text_of(*parts))


def papers_digest(*parts: ColumnElement[Any]) -> ColumnElement[str]:
    """Of the papers of a dossier: its code, and their ids and versions."""
    return digest_of(text_of(*parts))


def seal_numbers(dossier: ColumnElement[Any], papers: ColumnElement[Any]) -> list[ColumnElement[int]]:
    """The digests as the numbers that are added up; without papers 0."""
    nothing = _number(0)
    return [
        *limbs_of(dossier),
        *(case((papers.is_(None), nothing), else_=limb) for limb in limbs_of(papers)),
    ]


def _sealed(told: CTE, axis: str, day: ColumnElement[int]) -> Select[Any]:
    c = told.c
    keys = (literal(axis, literal_execute=True).label("axis"), c.unit, day.label("day"), c.known)
    return select(*keys, *((value * c.sign).label(name) for name, value in _seal_of(told).items()))


def _seal_of(told: CTE) -> dict[str, ColumnElement[int]]:
    values = (_number(1), told.c.filed, *seal_numbers(told.c.dossier, told.c.paper))
    return dict(zip(SEALED, values, strict=True))


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, _number(1)), else_=_number(0))


def _number(value: int) -> ColumnElement[int]:
    return literal(value, literal_execute=True)


def together(rows: Iterator[Select[Any]], name: str, keys: tuple[str, ...], values: tuple[str, ...]) -> CTE:
    """The rows with those added up that share all keys."""
    every = union_all(*rows).subquery("every")
    sums = (func.sum(every.c[value]).label(value) for value in values)
    grouped = [every.c[key] for key in keys]
    return select(*grouped, *sums).group_by(*grouped).cte(name)
