"""What the demonstration leaves for whoever looks at it."""

from datetime import date
from typing import Any

import pytest

from cli.demo import CASES, FIRST, LAST, SEED, SEES, SHOWN, surest
from records.coverage import Period
from records.staff import StaffRole
from samples import make_dossiers


def paper(doubts: int, dossier: str | None = "H58.30-220303-0012") -> dict[str, Any]:
    return {"dossier": dossier, "review_reasons": ["type_unsure"] * doubts}


@pytest.mark.parametrize(("waiting", "confirmed"), [(0, 0), (1, 0), (2, 1), (3, 2), (10, 6), (30, 20)])
def test_a_third_of_the_papers_stays_on_the_desk(waiting: int, confirmed: int) -> None:
    assert len(surest([paper(0)] * waiting)) == confirmed


def test_what_is_left_is_what_a_person_has_to_look_at() -> None:
    papers = [paper(3), paper(0), paper(0, None), paper(1), paper(0), paper(2)]
    assert surest(papers) == [papers[1], papers[4], papers[3], papers[5]]


def test_every_account_of_the_demonstration_is_told_what_it_sees() -> None:
    assert set(SEES) >= {StaffRole.CLERK, StaffRole.AUDITOR, StaffRole.OPERATOR, StaffRole.ADMINISTRATOR}


def test_the_table_counts_the_very_year_with_which_the_screen_begins() -> None:
    newest = max(day for case in make_dossiers(SEED, CASES, first=FIRST, last=LAST) for day in days_of(case))
    assert Period(date(newest.year, 1, 1), date(newest.year, 12, 31)) == SHOWN


def days_of(case: dict[str, str]) -> list[date]:
    """The days of reception and resolution, by which coverage has its months."""
    texts = (case["NgayTiepNhan"], case["NgayKetThucXuLy"], case["NgayTra"])
    return [date.fromisoformat(text[:10]) for text in texts if text]
