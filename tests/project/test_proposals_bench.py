"""The measure of proposals: made on a small office, and every paper of it is counted once."""

from pathlib import Path
from random import Random

from bench.proposal_papers import fill_office, misread, papers
from bench.proposals import measured
from records.ids import DossierCode
from records.nearness import day_of, distance
from storage.database import make_database


def test_codes_in_bars_are_right_and_a_name_alone_proposes_nothing(tmp_path: Path) -> None:
    url, rng = f"sqlite:///{tmp_path / 'office.db'}", Random(1)
    database = make_database(url)
    made = fill_office(url, database, 400, rng)
    found = measured(database, papers(rng, made, 8))
    database.close()
    assert {tally.papers for tally in found.values()} == {8}
    assert found["bar code"].first == found["id and day of birth"].among_three == 8
    assert found["a name alone"].nothing == 8
    assert sum(tally.undoubted_wrong for tally in found.values()) <= 2


def test_a_misread_code_is_still_one() -> None:
    for seed in range(50):
        code = misread(Random(seed), "H58.30-221031-0012", 2)
        assert distance(code, "H58.30-221031-0012") == 2
        assert day_of(DossierCode(code)) is not None
