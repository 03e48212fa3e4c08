"""What each dossier counts for, stated from the facts themselves: case data, filed papers, components, procedures.

One query for now and, over the histories, for any past moment. Everything that is kept to answer faster is compared
with this. Procedures that the catalogue does not know count as giving a written result and as no certification, and
components that it does not know as to be digitized: unknown never looks better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.sql.functions import FunctionElement

from records.components import MustDigitize
from records.dossier import Channel
from records.record import Role
from records.states import RecordState
from storage.among import among
from storage.digests import digest_of_all
from storage.months import local_day
from storage.standings import Standings
from storage.tables import batches, dossier_history, dossiers, procedures, record_history, records
from storage.tables_coverage import dossier_component_history, dossier_components, procedure_components
from storage.unindexed import unindexed

UNKNOWN = "?"  # the domain, level, channel, station or officer that is not known

_MUST = [
    MustDigitize.PRIOR_RESULT.value,
    MustDigitize.SECTOR_LAW.value,
    MustDigitize.PROVINCIAL_LIST.value,
]


@dataclass(frozen=True)
class _Sources:
    """Where the facts stand: in the tables of today, or in the histories."""

    cases: Subquery
    papers: Subquery  # the filed ones: code, role, component, station, officer, filed_at, record, version
    components: Subquery
    rules: Subquery  # which components of which procedure must be digitized


def stated(
    standings: Standings, codes: Sequence[str] | None = None, as_of: datetime | None = None
) -> Select[Any]:
    """A row of FACTS and the code for each dossier; of these codes, or of all."""
    sources = _now(codes) if as_of is None else _then(codes, as_of)
    known, papers = _with_procedure(sources.cases), _papers_of_case(sources.papers)
    parts = _components_of_case(known, sources)
    in_reach = and_(~func.coalesce(known.c.certification, false()), ~func.coalesce(known.c.exempt, false()))
    must, done = _counted_components(known, papers, parts, sources, in_reach)
    needs = func.coalesce(known.c.needs_result, true())
    filed = func.coalesce(papers.c.filed, 0)
    query = select(
        known.c.code,
        known.c.unit,
        known.c.slot,
        known.c.procedure,
        func.coalesce(known.c.domain, UNKNOWN).label("domain"),
        func.coalesce(known.c.level, UNKNOWN).label("level"),
        func.coalesce(known.c.channel, UNKNOWN).label("channel"),
        func.coalesce(papers.c.station, UNKNOWN).label("station"),
        func.coalesce(papers.c.officer, UNKNOWN).label("officer"),
        known.c.received_day,
        known.c.resolved_day,
        _number(func.coalesce(known.c.channel, "") == Channel.ONLINE.value).label("online"),
        _number(needs).label("needs"),
        _number(and_(needs, in_reach)).label("in_scope"),
        func.coalesce(papers.c.has, 0).label("has"),
        must.label("must"),
        done.label("done"),
        _number(filed > 0).label("papers"),
        func.coalesce(parts.c.reused, 0).label("reused"),
        func.coalesce(parts.c.shared, 0).label("shared"),
        _timing(known).label("timing"),
        known.c.due_day,
        standings.of(known.c.status).label("standing"),
        _number(func.coalesce(known.c.certification, false())).label("certification"),
        known.c.version.label("case_version"),
        func.coalesce(papers.c.all, 0).label("filed"),
        func.coalesce(papers.c.digest, "").label("papers_digest"),
    )
    return query.select_from(
        known.outerjoin(papers, papers.c.code == known.c.code).outerjoin(parts, parts.c.code == known.c.code)
    )


# --- where the facts stand ---


def _now(codes: Sequence[str] | None) -> _Sources:
    papers = (
        select(
            records.c.dossier_code.label("code"),
            records.c.role,
            records.c.component,
            records.c.filed_at,
            records.c.id.label("record"),
            records.c.version,
            records.c.confirmation["by"].as_string().label("officer"),
            batches.c.station,
        )
        .join(batches, batches.c.id == records.c.batch)
        .where(unindexed(records.c.state) == RecordState.FILED.value, _among(records.c.dossier_code, codes))
    )
    rules = select(procedure_components).where(procedure_components.c.superseded_at.is_(None))
    return _Sources(
        select(dossiers).where(_among(dossiers.c.code, codes)).subquery("cases"),
        papers.subquery("papers"),
        select(dossier_components).where(_among(dossier_components.c.dossier, codes)).subquery("components"),
        rules.subquery("rules"),
    )


def _then(codes: Sequence[str] | None, moment: datetime) -> _Sources:
    cases = (
        select(dossier_history, dossiers.c.slot)
        .join(dossiers, dossiers.c.code == dossier_history.c.code)
        .where(valid_at(dossier_history, moment), _among(dossier_history.c.code, codes))
    )
    parts = dossier_component_history
    components = select(parts).where(
        valid_at(parts, moment), ~parts.c.removed, _among(parts.c.dossier, codes)
    )
    known = procedure_components.c
    rules = select(procedure_components).where(
        known.recorded_at <= moment, or_(known.superseded_at.is_(None), known.superseded_at > moment)
    )
    return _Sources(
        cases.subquery("cases"),
        _papers_then(codes, moment),
        components.subquery("components"),
        rules.subquery("rules"),
    )


def _papers_then(codes: Sequence[str] | None, moment: datetime) -> Subquery:
    later = record_history.alias("later")
    newest = (
        select(func.max(later.c.version))
        .where(later.c.record == record_history.c.record, later.c.at <= moment)
        .correlate(record_history)
        .scalar_subquery()
    )
    confirmation = record_history.c.snapshot["confirmation"]
    return (
        select(
            record_history.c.dossier_code.label("code"),
            record_history.c.role,
            confirmation["tag"]["component"].as_string().label("component"),
            record_history.c.at.label("filed_at"),
            record_history.c.record,
            record_history.c.version,
            confirmation["by"].as_string().label("officer"),
            batches.c.station,
        )
        .join(records, records.c.id == record_history.c.record)
        .join(batches, batches.c.id == records.c.batch)
        .where(
            record_history.c.state == RecordState.FILED.value,
            record_history.c.at <= moment,
            record_history.c.version == newest,
            _among(record_history.c.dossier_code, codes),
        )
        .subquery("papers")
    )


def valid_at(table: FromClause, moment: datetime) -> ColumnElement[bool]:
    """Whether a row of a history was true at a moment."""
    columns = table.c
    return and_(columns.valid_from <= moment, or_(columns.valid_to.is_(None), columns.valid_to > moment))


def _among(column: ColumnElement[Any], codes: Sequence[str] | None) -> ColumnElement[bool]:
    return true() if codes is None else among(column, codes)


# --- what follows from them ---


def _with_procedure(cases: Subquery) -> Subquery:
    """Each dossier with its procedure as it was on the day of reception, or, before its first day, as it began."""
    dated = select(
        cases,
        local_day(cases.c.received_at).label("received_day"),
        local_day(cases.c.resolved_at).label("resolved_day"),
        local_day(cases.c.due_at).label("due_day"),
    ).subquery("dated")
    version = select(
        procedures,
        _in_turn(func.row_number()).label("turn"),
        _in_turn(func.lead(procedures.c.valid_from)).label("until"),
    ).subquery("version")
    same = and_(
        version.c.code == dated.c.procedure,
        or_(version.c.turn == 1, version.c.valid_from <= dated.c.received_day),
        or_(version.c.until.is_(None), version.c.until > dated.c.received_day),
    )
    return (
        select(
            dated,
            version.c.domain,
            version.c.level,
            version.c.certification,
            version.c.exempt,
            version.c.needs_result,
        )
        .select_from(dated.outerjoin(version, same))
        .subquery("known")
    )


def _in_turn(function: FunctionElement[Any]) -> ColumnElement[Any]:
    """Over the versions of a procedure, the first first."""
    return function.over(partition_by=procedures.c.code, order_by=procedures.c.valid_from)


def _papers_of_case(papers: Subquery) -> Subquery:
    """Per dossier: its papers, whether a result is filed, how many components, and whose paper speaks for it.

    That is the result, else the paper that was filed last.
    """
    turn = func.row_number().over(
        partition_by=papers.c.code,
        order_by=(papers.c.role.desc(), papers.c.filed_at.desc(), papers.c.record),
    )
    ranked = select(papers, turn.label("turn")).subquery("ranked")
    is_component = ranked.c.role == Role.COMPONENT.value
    return (
        select(
            ranked.c.code,
            func.max(_number(ranked.c.role == Role.RESULT.value)).label("has"),
            func.sum(_number(is_component)).label("filed"),
            func.count(case((is_component, ranked.c.component)).distinct()).label("named"),
            func.sum(_number(and_(is_component, ranked.c.component.is_(None)))).label("unnamed"),
            func.max(case((ranked.c.turn == 1, ranked.c.station))).label("station"),
            func.max(case((ranked.c.turn == 1, ranked.c.officer))).label("officer"),
            func.count().label("all"),
            digest_of_all(paper_text(ranked)).label("digest"),
        )
        .group_by(ranked.c.code)
        .subquery("papers_of_case")
    )


def paper_text(papers: FromClause) -> ColumnElement[str]:
    """What a digest says of a paper."""
    return text_of(papers.c.record, papers.c.version)


def text_of(*parts: ColumnElement[Any]) -> ColumnElement[str]:
    """The parts as one text, a colon between each and the next."""
    first, *others = (cast(part, String) for part in parts)
    return reduce(lambda text, part: text + literal(":", literal_execute=True) + part, others, first)


def _components_of_case(known: Subquery, sources: _Sources) -> Subquery:
    """Per dossier: its declared components, those that must be digitized, those of them that are, the exempt ones."""
    part, listed, filed = sources.components, sources.rules, _filed_components(sources)
    rule = and_(
        listed.c.procedure == known.c.procedure,
        listed.c.component == part.c.component,
        _in_force(listed, known.c.received_day),
    )
    is_filed = and_(filed.c.code == part.c.dossier, filed.c.component == part.c.component)
    must = and_(
        part.c.declared,
        part.c.exempt_reason.is_(None),
        or_(
            listed.c.must_digitize.is_(None),
            listed.c.must_digitize.in_(_MUST),
            and_(listed.c.must_digitize == MustDigitize.ON_DEMAND.value, part.c.requested),
        ),
    )
    elsewhere = or_(part.c.reused, part.c.shared)
    there = or_(filed.c.code.is_not(None), elsewhere)
    return (
        select(
            part.c.dossier.label("code"),
            func.sum(_number(part.c.declared)).label("declared"),
            func.sum(_number(must)).label("must"),
            func.sum(_number(and_(must, there))).label("done"),
            func.sum(_number(part.c.exempt_reason.is_not(None))).label("exempt"),
            func.sum(_number(and_(elsewhere, filed.c.code.is_(None)))).label("elsewhere"),
            func.max(_number(part.c.reused)).label("reused"),
            func.max(_number(part.c.shared)).label("shared"),
        )
        .select_from(
            part.join(known, known.c.code == part.c.dossier)
            .outerjoin(listed, rule)
            .outerjoin(filed, is_filed)
        )
        .group_by(part.c.dossier)
        .subquery("components_of_case")
    )


def _in_force(rules: Subquery, day: ColumnElement[Any]) -> ColumnElement[bool]:
    columns = rules.c
    return and_(columns.valid_from <= day, or_(columns.valid_to.is_(None), columns.valid_to >= day))


def _filed_components(sources: _Sources) -> Subquery:
    """Which components are filed in which dossier, once each."""
    papers = sources.papers.c
    filed = select(papers.code, papers.component).where(papers.role == Role.COMPONENT.value)
    return filed.distinct().subquery("filed_components")


def _counted_components(
    known: Subquery, papers: Subquery, parts: Subquery, sources: _Sources, in_reach: ColumnElement[bool]
) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How many components must be digitized, and how many of them are.

    A dossier whose components the case system lists is counted by them. Else the number that the case list gives
    counts, less what is exempt; else the procedure's own list. A component is there once, however many papers it has.
    """
    by_rule, there_by_rule = _by_the_procedure(known, sources)
    number = known.c.components_required - func.coalesce(parts.c.exempt, 0)
    by_number = func.coalesce(papers.c.named, 0) + func.coalesce(parts.c.elsewhere, 0)
    has_list, has_number = func.coalesce(parts.c.declared, 0) > 0, number.is_not(None)
    must = case(
        (~in_reach, 0), (has_list, parts.c.must), (number < 0, 0), (has_number, number), else_=by_rule
    )
    told = case((has_list, parts.c.done), (has_number, by_number), else_=there_by_rule)
    there = told + func.coalesce(papers.c.unnamed, 0)
    return must, case((there < must, there), else_=must)


def _by_the_procedure(known: Subquery, sources: _Sources) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How many components the procedure's own list asks of a dossier, less what is exempt, and how many are there."""
    rules, part, filed = sources.rules, sources.components.alias("its"), _filed_components(sources)
    its = and_(part.c.dossier == known.c.code, part.c.component == rules.c.component)
    is_filed = and_(filed.c.code == known.c.code, filed.c.component == rules.c.component)
    asked = (
        select(func.count())
        .select_from(rules.outerjoin(part, its).outerjoin(filed, is_filed))
        .where(
            rules.c.procedure == known.c.procedure,
            rules.c.must_digitize.in_(_MUST),
            _in_force(rules, known.c.received_day),
            part.c.exempt_reason.is_(None),
        )
        .correlate(known)
    )
    there = asked.where(or_(filed.c.code.is_not(None), part.c.reused, part.c.shared))
    return asked.scalar_subquery(), there.scalar_subquery()


def _timing(known: Subquery) -> ColumnElement[Any]:
    resolved, due = known.c.resolved_day, known.c.due_day
    return case(
        (resolved.is_(None), None), (due.is_(None), 0), (resolved < due, -1), (resolved > due, 1), else_=0
    )


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, literal(1, literal_execute=True)), else_=literal(0, literal_execute=True))
