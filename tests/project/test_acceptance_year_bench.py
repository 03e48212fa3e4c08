"""The played year: values come to be accepted, and a field that is read badly all at once is asked again."""

from pathlib import Path
from random import Random

import pytest

from bench.acceptance_year import Outcome, Year, made_days, promise
from bench.played_office import open_office
from storage.database import make_database

pytestmark = pytest.mark.slow


def played(folder: Path, raised: tuple[str, float] | None) -> Outcome:
    """Eight days of thirty papers under a loose promise, which takes 29 values a threshold."""
    url, rng = f"sqlite:///{folder / 'year.db'}", Random(3)
    days = made_days(rng, 8, 30, raised, {"GPXD": 8, "TLKS": 2, "HKD": 1, "GCNKH": 1})
    open_office(url, [paper for day in days for paper in day])
    database = make_database(url)
    promise(database, 0.1)
    outcome = Year(database, rng, raised).play(days)
    database.close()
    return outcome


def test_nothing_stops_while_nothing_is_wrong(tmp_path: Path) -> None:
    outcome = played(tmp_path, None)
    assert outcome.papers == 240
    assert outcome.first_accepted is not None
    assert outcome.accepted > 100
    assert outcome.false_stops == []
    assert outcome.raised_at is None


def test_a_field_that_is_always_wrong_is_asked_again(tmp_path: Path) -> None:
    outcome = played(tmp_path, ("number_symbol", 1.0))
    assert outcome.raised_at == 120
    assert outcome.stopped_after is not None
    assert outcome.wrong_meanwhile > 0
