"""What is missing is one rule, told twice: in SQL for every dossier at once, in Python for one. They agree."""

from dataclasses import replace
from random import Random

import pytest

from records.checklist import Standing, counted, standing
from records.components import DeclaredComponents, DossierComponent, MustDigitize, ProcedureComponent
from records.coverage import Grouping, Period
from records.dossier import Dossier, ExemptionReason
from records.ids import DossierCode, ProcedureCode
from records.record import DossierTag, Role
from records.staff import WHOLE_OFFICE
from storage.engines import make_engine
from storage.standings import standings_of
from storage.stated import stated
from tests.contract.office import START, WARD, Office, confirmed

UNLISTED, LISTED, CERTIFIED = (ProcedureCode(code) for code in ("1.001193", "1.004873", "2.000815"))
NAMES = ("TP01", "TP02", "TP03", "TP04", "TP05", "TP06")
RULES = dict(zip(NAMES, MustDigitize, strict=False))  # TP06 is one that the procedure does not know
CASES = 40


def some_component(chance: Random, name: str) -> DossierComponent:
    return DossierComponent(
        name,
        requested=chance.random() < 0.5,
        reused=chance.random() < 0.2,
        shared=chance.random() < 0.1,
        exempt_reason=chance.choice((None, None, None, ExemptionReason.PHOTOCOPY)),
    )


def some_case(chance: Random, number: int) -> tuple[Dossier, tuple[DossierComponent, ...], list[str | None]]:
    """A dossier, what the case system lists of it, and which components its filed papers are."""
    code = DossierCode(f"H58.30-220301-{number:04}")
    procedure = chance.choice((UNLISTED, LISTED, LISTED, CERTIFIED))
    expected = chance.choice((None, None, 0, 2))
    names = chance.sample(NAMES, chance.choice((0, 0, 1, 3, 6)))
    papers = [chance.choice((None, *NAMES)) for _ in range(chance.choice((0, 0, 1, 2, 4)))]
    case = Dossier(code, procedure, WARD, START, components_required=expected)
    return case, tuple(some_component(chance, name) for name in sorted(names)), papers


def file_paper(office: Office, code: DossierCode, component: str | None) -> None:
    record = office.classified()
    answer = confirmed(record).confirmation
    assert answer is not None
    tagged = replace(answer, tag=DossierTag(code, Role.COMPONENT, component))
    office.file(office.save(record.confirmed(tagged), record.version, "confirmed"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_sql_and_python_count_the_same(office: Office, database_url: str, seed: int) -> None:
    chance = Random(seed)
    cases = [some_case(chance, number) for number in range(1, CASES + 1)]
    with office.database.transaction() as tx:
        rules = [ProcedureComponent(LISTED, name, name, rule) for name, rule in RULES.items()]
        tx.components.add_to_procedures(rules, office.now)
        tx.dossiers.upsert([case for case, _, _ in cases], "test", office.now)
    for case, listed, papers in cases:
        with office.database.transaction() as tx:
            for one in listed:
                tx.components.exempt(case.code, one.component, one.exempt_reason, "clerk", office.now)
                if one.reused:
                    tx.components.reuse(case.code, one.component, True, "clerk", office.now)
            if chance.random() < 0.6:  # of the rest a clerk said some things: the case system lists nothing
                tx.components.declare([DeclaredComponents(case.code, listed)], "test", office.now)
        for paper in papers:
            file_paper(office, case.code, paper)
    engine = make_engine(database_url)
    with engine.connect() as connection:
        query = stated(standings_of(connection, None, None))
        told = {row.code: (row.must, row.done) for row in connection.execute(query)}
    engine.dispose()
    lacking = 0
    for case, _, papers in cases:
        with office.database.snapshot() as tx:
            components = tx.components.of_dossier(case.code)
        ours = RULES if case.procedure == LISTED else {}
        in_reach = case.procedure != CERTIFIED
        must, done = counted(components, ours, papers, expected=case.components_required, in_reach=in_reach)
        assert told[case.code] == (must, done), (case, components, papers)
        lacking += must - done
        if any(one.declared for one in components):
            found = [
                standing(one, ours.get(one.component), filed=one.component in papers, in_reach=in_reach)
                for one in components
                if one.declared
            ]
            assert must - done == max(0, found.count(Standing.MISSING) - papers.count(None)) * in_reach
    with office.database.snapshot() as tx:
        year = Period(START.date(), START.date())
        listed_now = tx.coverage.component_gap(year, WHOLE_OFFICE, limit=CASES).items
        (row,) = tx.coverage.rows(Grouping.UNIT, year, WHOLE_OFFICE)
    assert (
        sum(one.missing for one in listed_now)
        == lacking
        == row.components_required - row.components_digitised
    )
    assert 0 < lacking < row.components_required
