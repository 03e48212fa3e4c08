"""Whatever people, imports and decisions do in whatever order: every figure that was ever shown can be shown again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from records.components import DeclaredComponents, DossierComponent, MustDigitize, ProcedureComponent
from records.coverage import CoverageRow, Grouping, Period
from records.dossier import Channel, Dossier, ExemptionReason
from records.ids import DossierCode, ProcedureCode, UnitCode
from records.record import Record, Role
from records.report import Inputs
from records.staff import WHOLE_OFFICE, Scope
from records.states import RecordState
from records.tallies import Tally
from storage.database import Database
from tests.contract.office import START, WARD, Office

INDEX = st.integers(0, 1000)
DAYS = st.integers(0, 70)
PERIODS = (Period(date(2022, 1, 1), date(2022, 12, 31)), Period(date(2022, 3, 2), date(2022, 5, 15)))
UNITS = [UnitCode(code) for code in ("P1", "P2", "MT-TP", "P25-MYTHO", "P25-MYPHONG")]
PROCEDURES = [ProcedureCode(code) for code in ("1.001193", "2.000815", "9.999999")]
NEW_WARDS = [UnitCode(code) for code in ("P25-TRUNGAN", "P25-THOISON")]
BRIEF = settings(
    max_examples=4,
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # shrinking would take minutes
    suppress_health_check=list(HealthCheck),
)

Shown = dict[tuple[Grouping, Period, bool], list[CoverageRow]]
Forms = dict[tuple[Period, bool, bool], tuple[frozenset[Tally], Inputs]]


class Year(RuleBasedStateMachine):
    """An office in which everything that a figure counts changes; what was shown after each change is noted."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.office = Office(database)
        self.cases: list[Dossier] = []
        self.papers: list[Record] = []
        self.notes: list[tuple[datetime, Shown]] = []
        self.forms: list[tuple[datetime, Forms]] = []
        self.merged: list[UnitCode] = []

    # --- what happens ---

    @rule(unit=st.sampled_from(UNITS), procedure=st.sampled_from(PROCEDURES), day=DAYS, done=st.booleans())
    def a_dossier_is_told(self, unit: UnitCode, procedure: ProcedureCode, day: int, done: bool) -> None:
        received = START + timedelta(days=day)
        code = DossierCode(f"H58.30-{received:%y%m%d}-{len(self.cases) + 1:04}")
        finished = received + timedelta(days=day % 5) if done else None
        case = Dossier(code, procedure, unit, received, received + timedelta(days=2), finished)
        self.cases.append(case)
        self._tell(case)

    @precondition(lambda self: self.cases)
    @rule(
        index=INDEX,
        what=st.sampled_from(
            ["resolve", "re-open", "unit", "procedure", "channel", "count", "due", "status", "received"]
        ),
        n=DAYS,
    )
    def a_dossier_is_corrected(self, index: int, what: str, n: int) -> None:
        at = index % len(self.cases)
        case = self.cases[at]
        changes: dict[str, dict[str, object]] = {
            "resolve": {"finished_at": case.received_at + timedelta(days=n)},
            "re-open": {"finished_at": None},
            "unit": {"unit": UNITS[n % len(UNITS)]},
            "procedure": {"procedure": PROCEDURES[n % len(PROCEDURES)]},
            "channel": {"channel": list(Channel)[n % 3]},
            "count": {"components_required": n % 4},
            "due": {"due_at": None if n < 10 else case.received_at + timedelta(days=n - 15)},
            "status": {"status": ("", "7", "3")[n % 3]},
            "received": {"received_at": START + timedelta(days=n)},
        }
        self.cases[at] = replace(case, **changes[what])  # type: ignore[arg-type]
        self._tell(self.cases[at])

    @precondition(lambda self: self.cases)
    @rule(index=INDEX, role=st.sampled_from(list(Role)))
    def a_paper_is_filed(self, index: int, role: Role) -> None:
        record = self.office.confirm(self.office.classified(), role, self._code(index))
        self.papers.append(self.office.file(record))
        self._note()

    @precondition(lambda self: self.papers)
    @rule(index=INDEX, role=st.sampled_from(list(Role)), to=INDEX)
    def a_paper_is_taken_back_or_filed_elsewhere(self, index: int, role: Role, to: int) -> None:
        at = index % len(self.papers)
        record = self.papers[at]
        if record.state is RecordState.FILED:
            self.papers[at] = self.office.save(record.reopened(), record.version, "reopened")
        else:
            self.papers[at] = self.office.file(self.office.confirm(record, role, self._code(to)))
        self._note()

    @precondition(lambda self: self.cases)
    @rule(index=INDEX, parts=st.sets(st.sampled_from("ABC")), reused=st.booleans())
    def components_are_declared(self, index: int, parts: set[str], reused: bool) -> None:
        listed = tuple(DossierComponent(part, reused=reused) for part in sorted(parts))
        with self.office.database.transaction() as tx:
            tx.components.declare([DeclaredComponents(self._code(index), listed)], "sync", self.office.now)
        self._note()

    @precondition(lambda self: self.cases)
    @rule(index=INDEX, part=st.sampled_from("ABC"), reason=st.sampled_from([*ExemptionReason, None]))
    def a_component_is_exempt_or_no_longer(
        self, index: int, part: str, reason: ExemptionReason | None
    ) -> None:
        with self.office.database.transaction() as tx:
            tx.components.exempt(self._code(index), part, reason, "clerk", self.office.now)
        self._note()

    @rule(
        procedure=st.sampled_from(PROCEDURES),
        part=st.sampled_from("ABC"),
        must=st.sampled_from(list(MustDigitize)),
    )
    def the_province_decides(self, procedure: ProcedureCode, part: str, must: MustDigitize) -> None:
        with self.office.database.transaction() as tx:
            tx.components.add_to_procedures(
                [ProcedureComponent(procedure, part, part, must)], self.office.now
            )
        self._note()

    @precondition(lambda self: len(self.merged) < 2)
    @rule(share=st.sampled_from([0.25, 0.5, 1.0]))
    def units_are_merged(self, share: float) -> None:
        unit = (UnitCode("P25-MYTHO"), UnitCode("P25-MYPHONG"))[len(self.merged)]
        into = {NEW_WARDS[0]: share} | ({NEW_WARDS[1]: 1 - share} if share < 1 else {})
        with self.office.database.transaction() as tx:
            tx.catalogue.merge(unit, date(2022, 1, 1), into, self.office.now)
        self.merged.append(unit)
        self._note()

    @rule(days=st.integers(20, 90))
    def nothing_happens(self, days: int) -> None:
        self.office.wait(timedelta(days=days))
        self._note()

    @rule(portion=st.sampled_from([1, 3, 100]))
    def the_sums_catch_up(self, portion: int) -> None:
        with self.office.database.transaction() as tx:
            tx.sums.take_in(portion)

    # --- what always holds ---

    def teardown(self) -> None:
        """Every figure that was shown is shown again."""
        for moment, shown in self.notes:
            assert self._shown(moment) == shown, moment
        for moment, forms in self.forms:
            for recount in (False, True):
                assert self._forms(moment, recount=recount) == forms, (moment, recount)
        self.the_sums_are_what_a_recount_says()
        self.parts_add_up_to_the_whole()

    def the_sums_are_what_a_recount_says(self) -> None:
        with self.office.database.transaction() as tx:
            assert (tx.sums.differences(), tx.recount.differences()) == (0, [])
            for moment, _ in self.notes[::5]:
                assert tx.recount.differences(moment) == []
            tx.sums.rebuild()
            assert (tx.sums.waiting(), tx.sums.differences()) == (0, 0)

    def parts_add_up_to_the_whole(self) -> None:
        with self.office.database.snapshot() as tx:
            for period in PERIODS:
                sums = {
                    (by, mapped, then): _sum(
                        tx.coverage.rows(by, period, WHOLE_OFFICE, mapped=mapped, as_of=then)
                    )
                    for by in Grouping
                    for mapped in (False, True)
                    for then in (None, self.office.now)
                }
                assert len(set(sums.values())) == 1, sums

    # --- how ---

    def _code(self, index: int) -> DossierCode:
        return self.cases[index % len(self.cases)].code

    def _tell(self, case: Dossier) -> None:
        with self.office.database.transaction() as tx:
            tx.dossiers.upsert([case], "sync", self.office.now)
        self._note()

    def _note(self) -> None:
        self.notes.append((self.office.now, self._shown(None)))
        if len(self.notes) % 3 == 0:
            self.forms.append((self.office.now, self._forms(None)))
        self.office.wait(timedelta(hours=31))

    def _shown(self, as_of: datetime | None) -> Shown:
        with self.office.database.snapshot() as tx:
            return {
                (by, period, mapped): tx.coverage.rows(
                    by, period, Scope(frozenset([WARD])) if period is PERIODS[1] else WHOLE_OFFICE,
                    as_of=as_of or (self.office.now if mapped else None), mapped=mapped,
                )
                for by in (Grouping.UNIT, Grouping.PROCEDURE, Grouping.STATION, Grouping.WEEK)
                for period in PERIODS
                for mapped in (False, True)
            }  # fmt: skip

    def _forms(self, as_of: datetime | None, *, recount: bool = False) -> Forms:
        """What the statutory forms count, and what their fingerprint is made of; the catalogue changes meanwhile."""
        now, found = as_of or self.office.now, Forms()
        with self.office.database.snapshot() as tx:
            for period in (*PERIODS, Period(now.date(), now.date() + timedelta(days=3))):
                for mapped in {False, period is PERIODS[0]}:
                    scope = Scope(frozenset([WARD])) if period is PERIODS[1] else WHOLE_OFFICE
                    areas = tx.coverage.areas(scope, as_of=now if mapped else as_of, mapped=mapped)
                    inputs = tx.reports.inputs(period, areas, now, as_of, recount=recount)
                    for by_domain in (False, True):
                        tallies = tx.reports.tallies(
                            period, areas, now, as_of, by_domain=by_domain, recount=recount
                        )
                        found[period, mapped, by_domain] = (
                            frozenset(tallies),
                            replace(inputs, catalogue_sha256=""),
                        )
        return found


def _sum(rows: list[CoverageRow]) -> tuple[int, ...]:
    return tuple(
        sum(getattr(row, name) for row in rows)
        for name in (
            "received",
            "resolved",
            "required",
            "digitised",
            "components_required",
            "late",
            "complete",
        )
    )


@pytest.mark.slow
def test_every_figure_that_was_shown_can_be_shown_again(new_database: Callable[[], Database]) -> None:
    class YearHere(Year):
        def __init__(self) -> None:
            super().__init__(new_database())

    run_state_machine_as_test(YearHere, settings=BRIEF)
