"""Makes a statutory report from what was known at a moment, and proves later that a file says just that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from config.wiring import Services
from records import default_data, form_766, form_coverage, form_digitization, form_ii06a
from records.coverage import CoverageRow, Grouping, Period, Rate
from records.errors import NotAllowed
from records.ids import UnitCode
from records.org_unit import OrgUnit
from records.procedure import Indicator
from records.report import FORMAT, Column, Line, Note, Report, ReportKind, ReportRequest
from records.staff import Scope
from records.tallies import Tally
from reports.formats import ReportFormat, write
from reports.read import ReadBack, read_back
from storage.database import Transaction


@dataclass(frozen=True)
class Office:
    """The units of the office and the rules of the day, as a form needs them."""

    units: tuple[OrgUnit, ...]
    indicators: tuple[Indicator, ...]

    def level_of(self, unit: UnitCode) -> str:
        return next((one.level for one in self.units if one.code == unit), "")

    def name_of(self, unit: UnitCode) -> str:
        return next((one.name for one in self.units if one.code == unit), unit)


Rates = tuple[tuple[str, Rate], ...]
Body = tuple[tuple[Line, ...], tuple[Note, ...], Rates]


def _ii06a(tallies: Sequence[Tally], office: Office) -> Body:
    return form_ii06a.lines(tallies, office.level_of), form_ii06a.notes(tallies), form_ii06a.rates(tallies)


def _digitization(tallies: Sequence[Tally], office: Office) -> Body:
    units = [unit.code for unit in office.units]
    return form_digitization.lines(tallies, units, office.name_of), form_digitization.notes(tallies), ()


def _indicators(tallies: Sequence[Tally], office: Office) -> Body:
    return form_766.lines(tallies, office.indicators), form_766.notes(tallies), ()


@dataclass(frozen=True)
class _Form:
    """How a report is made from the tallies of its period; without `body`, from the coverage table."""

    name: str  # of its columns among the default data
    keys: tuple[str, ...]
    body: Callable[[Sequence[Tally], Office], Body] | None
    by_domain: bool = False  # its tallies are parted by domain, else by what the procedures ask

    def columns(self) -> tuple[Column, ...]:
        return default_data.form_columns(self.name, self.keys)


LATEST = datetime(9999, 12, 31, tzinfo=UTC)  # in place of a moment: as things are

FORMS = {
    ReportKind.II_06A: _Form("II06a", form_ii06a.KEYS, _ii06a, by_domain=True),
    ReportKind.DIGITIZATION: _Form("digitization", form_digitization.KEYS, _digitization),
    ReportKind.INDICATORS: _Form("766", form_766.KEYS, _indicators),
    ReportKind.COVERAGE: _Form("coverage", form_coverage.KEYS, None),
}


def make_report(
    services: Services,
    kind: ReportKind,
    period: Period,
    scope: Scope,
    *,
    unit: UnitCode | None = None,
    as_of: datetime | None = None,
    mapped: bool = False,
    by: Grouping | None = None,
) -> Report:
    """A report for whoever has this scope, from what is known now or was known at a moment.

    `by` breaks the coverage table down, and belongs to no other report.
    """
    units = None if scope.units is None else tuple(sorted(scope.units))
    asked = ReportRequest(kind, period, as_of or LATEST, unit, units, mapped, by)
    with services.database.snapshot() as tx:
        return _made(tx, *settled(tx, asked))


def settled(tx: Transaction, asked: ReportRequest) -> tuple[ReportRequest, datetime | None]:
    """The request as of a moment that is not in the future, and that moment if it is past."""
    tx.catalogue.units()  # the snapshot begins here, so that `now` is later than all that it sees
    now = datetime.now(UTC)
    moment = None if asked.as_of >= now else asked.as_of.astimezone(UTC)
    return replace(asked, as_of=moment or now), moment


def make_again(services: Services, request: ReportRequest) -> Report:
    """The report of a request, recomputed from the history: dossier by dossier, not from sums."""
    with services.database.snapshot() as tx:
        return _made(tx, request, request.as_of, recount=True)


def _made(
    tx: Transaction, request: ReportRequest, moment: datetime | None, *, recount: bool = False
) -> Report:
    form, period = FORMS[request.kind], request.period
    office = Office(tx.catalogue.units(), tx.catalogue.indicators(period.last, moment))
    areas = tx.coverage.areas(scope_of_request(tx, request), as_of=moment, mapped=request.mapped)
    if form.body is None:
        units, (lines, notes, rates) = _coverage(tx, request, moment)
    else:
        tallies = tx.reports.tallies(
            period, areas, request.as_of, moment, by_domain=form.by_domain, recount=recount
        )
        units, (lines, notes, rates) = {tally.group.unit for tally in tallies}, form.body(tallies, office)
    inputs = tx.reports.inputs(period, areas, request.as_of, moment, recount=recount)
    return Report(request, _issuer(request, units, office), form.columns(), lines, inputs, notes, rates)


def _coverage(tx: Transaction, request: ReportRequest, moment: datetime | None) -> tuple[set[UnitCode], Body]:
    """The units that are counted, and the table."""
    scope, by = scope_of_request(tx, request), request.by or Grouping.UNIT

    def rows(by: Grouping) -> list[CoverageRow]:
        return tx.coverage.rows(by, request.period, scope, as_of=moment, mapped=request.mapped)

    by_unit = rows(Grouping.UNIT)
    shown = by_unit if by is Grouping.UNIT else rows(by)
    return {UnitCode(row.key) for row in by_unit}, (form_coverage.lines(shown), (), ())


def scope_of_request(tx: Transaction, request: ReportRequest) -> Scope:
    """The units that count: those asked for, as far as the reader may see. Mapped, they are units of today."""
    seen = None if request.units is None else frozenset(request.units)
    if request.unit is None:
        return Scope(seen)
    below = tx.catalogue.expand([tx.catalogue.unit(request.unit).code])
    return Scope(below if seen is None else below & seen)


def _issuer(request: ReportRequest, units: Iterable[UnitCode], office: Office) -> str:
    """Who reports: the unit asked for, else the lowest unit above all that are counted."""
    if request.unit is not None:
        return office.name_of(request.unit)
    parents = {unit.code: unit.parent for unit in office.units}
    chains = [list(_upwards(unit, parents)) for unit in sorted(units)]
    shared = [unit for unit in chains[0] if all(unit in chain for chain in chains)] if chains else []
    return office.name_of(shared[0]) if shared else ""


def _upwards(unit: UnitCode | None, parents: dict[UnitCode, UnitCode | None]) -> Iterable[UnitCode]:
    while unit is not None:
        yield unit
        unit = parents.get(unit)


# --- does a file say what the history says? ---


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in the file where it says something else than the history."""

    place: str
    in_file: str | None
    recomputed: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    request: ReportRequest
    form: ReportFormat
    fingerprint: str  # as the file states it
    recomputed: str
    inputs: tuple[Difference, ...]  # what is counted from differs: the history or the catalogue was changed
    cells: tuple[Difference, ...]
    earlier: bool = (
        False  # of a version whose digests were made another way: only its figures can be compared
    )

    @property
    def same(self) -> bool:
        return self.fingerprint == self.recomputed and not self.inputs and not self.cells


def verify_report(services: Services, untrusted: bytes, scope: Scope) -> Verification:
    """Make the report of a file again from the history and compare every figure that the file shows.

    Raises InvalidReport, or NotAllowed when the report reaches beyond the scope.
    """
    found = read_back(untrusted)
    request = ReportRequest.of(found.statement)
    if scope.units is not None and not (request.units is not None and scope.units >= set(request.units)):
        raise NotAllowed("the report counts units that this account does not reach")
    again = make_again(services, request)
    cells = _cells(found, read_back(write(again, found.form)))
    earlier = found.statement.get("sohoa_report") != FORMAT
    if earlier:  # its digests are made another way; its figures are compared all the same
        cells = tuple(one for one in cells if again.fingerprint[:16] not in (one.recomputed or ""))
    return Verification(
        request=request,
        form=found.form,
        fingerprint=str(found.statement.get("fingerprint")),
        recomputed=again.fingerprint,
        inputs=_version_of(found) if earlier else _inputs(found, again),
        cells=cells,
        earlier=earlier,
    )


def _version_of(found: ReadBack) -> tuple[Difference, ...]:
    return (Difference("sohoa_report", str(found.statement.get("sohoa_report")), str(FORMAT)),)


def _inputs(found: ReadBack, again: Report) -> tuple[Difference, ...]:
    stated = found.statement.get("inputs")
    return _differences(_texts(stated if isinstance(stated, dict) else {}), _texts(again.inputs.as_dict()))


def _texts(values: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _differences(theirs: dict[str, str], ours: dict[str, str]) -> tuple[Difference, ...]:
    places = list(dict.fromkeys((*ours, *theirs)))
    return tuple(
        Difference(place, theirs.get(place), ours.get(place))
        for place in places
        if theirs.get(place) != ours.get(place)
    )


def _cells(theirs: ReadBack, ours: ReadBack) -> tuple[Difference, ...]:
    """In a PDF, a signature's stamp may add lines; all of ours must be there. Elsewhere nothing may be added."""
    if theirs.form is not ReportFormat.PDF:
        return _differences(theirs.cells, ours.cells)
    there = set(theirs.cells.values())
    return tuple(
        Difference(place, theirs.cells.get(place), line)
        for place, line in ours.cells.items()
        if line and line not in there
    )
