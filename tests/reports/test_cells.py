"""Behind every figure of every form stand as many dossiers as it says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from config.wiring import Services
from records.cells import Figure, Part
from records.components import DeclaredComponents, DossierComponent
from records.coverage import VIETNAM, Period, Rate
from records.dossier import Channel, Dossier
from records.errors import InvalidValue
from records.ids import DossierCode, ProcedureCode, UnitCode
from records.report import FORMS, Report, ReportKind
from records.staff import WHOLE_OFFICE, Scope
from workers.report_cells import dossiers_behind
from workers.reporting import make_report

pytestmark = pytest.mark.slow

BEGIN = datetime(2022, 2, 10, 8, tzinfo=VIETNAM)
MARCH = Period(BEGIN.date().replace(month=3, day=1), BEGIN.date().replace(month=3, day=31))
UNITS = ("P1", "P2", "MT-TNMT")
STATUSES = ("", "10", "1", "7", "Đang xử lý")


@pytest.fixture
def office(services: Services) -> Services:
    """A hundred dossiers of all standings: early, late, open, overdue, given back, not accepted, re-used."""
    chance, cases = Random(766), []
    with services.database.transaction() as tx:
        procedures = [one.code for one in tx.catalogue.procedures() if one.valid_from is None][::60]
        for number in range(100):
            received = BEGIN + timedelta(days=chance.randrange(60), minutes=number)
            cases.append(
                Dossier(
                    code=DossierCode(f"H58.30-{received:%y%m%d}-{number:06}"),
                    procedure=chance.choice([*procedures, ProcedureCode("9.999999")]),
                    unit=UnitCode(chance.choice(UNITS)),
                    received_at=received.astimezone(UTC),
                    due_at=chance.choice((None, received + timedelta(days=chance.randrange(20)))),
                    finished_at=chance.choice((None, received + timedelta(days=chance.randrange(30)))),
                    status=chance.choice(STATUSES),
                    channel=chance.choice(list(Channel)),
                )
            )
        tx.dossiers.upsert(cases, "test", datetime.now(UTC))
        said = [DossierComponent("TP01", reused=True), DossierComponent("TP02", shared=True)]
        lists = [DeclaredComponents(case.code, (chance.choice(said),)) for case in cases[::3]]
        tx.components.declare(lists, "test", datetime.now(UTC))
    return services


def figures(report: Report) -> Iterator[tuple[Figure, int]]:
    for line in report.lines:
        for column, cell in zip(report.columns, line.cells, strict=True):
            if isinstance(cell, Rate):
                parts = (cell.numerator, cell.denominator, cell.denominator - cell.numerator)
                for part, count in zip(Part, parts, strict=True):
                    yield Figure(line.key, column.key, part), count
            elif isinstance(cell, int) and column.key not in ("number", "points"):
                yield Figure(line.key, column.key), cell


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("mapped", [False, True])
def test_behind_every_figure_stand_as_many_dossiers(office: Services, kind: ReportKind, mapped: bool) -> None:
    report = make_report(office, kind, MARCH, WHOLE_OFFICE, mapped=mapped)
    found = dict(figures(report))
    assert max(found.values()) > 20
    for figure, count in found.items():
        behind = dossiers_behind(office, report.request, figure, limit=200)
        assert (len(behind.items), behind.next) == (count, None), figure


def test_a_list_comes_in_parts_for_whoever_reaches_the_units(office: Services) -> None:
    own = Scope(frozenset([UnitCode("P1")]))
    report = make_report(office, ReportKind.II_06A, MARCH, own)
    asked, figure = report.request, Figure("total", "received")
    codes: list[str] = []
    after = None
    while True:
        part = dossiers_behind(office, asked, figure, after=after, limit=7)
        assert {one.unit for one in part.items} == {"P1"}
        codes += [one.code for one in part.items]
        if part.next is None:
            break
        after = part.next
    assert len(codes) == len(set(codes)) == report.rows()[-1]["received"]


def test_a_figure_of_the_past_leads_to_what_was_counted_then(office: Services) -> None:
    shown = make_report(office, ReportKind.II_06A, MARCH, WHOLE_OFFICE)
    figure = Figure("total", "open")
    then = dossiers_behind(office, shown.request, figure, limit=200).items
    closed = [replace(one, finished_at=BEGIN + timedelta(days=45)) for one in then]
    with office.database.transaction() as tx:
        tx.dossiers.upsert(closed, "test", datetime.now(UTC))
    assert dossiers_behind(office, shown.request, figure, limit=200).items == then
    now = replace(shown.request, as_of=datetime.now(UTC) + timedelta(days=1))
    assert len(dossiers_behind(office, now, figure, limit=200).items) < len(then)


@pytest.mark.parametrize("column", ["name", "number", "nothing"])
def test_a_column_without_figures_is_refused(services: Services, column: str) -> None:
    report = make_report(services, ReportKind.II_06A, MARCH, WHOLE_OFFICE)
    with pytest.raises(InvalidValue):
        dossiers_behind(services, report.request, Figure("total", column))
