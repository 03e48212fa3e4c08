"""What the measured session counts as wrong."""

from collections import Counter

from bench.scripted_clerk import Paper, Work, empty_values, wrong_values
from bench.web import figures


def test_a_value_is_wrong_unless_it_says_what_stands_on_the_paper() -> None:
    truth = Paper("QD", "H58.30-220303-0012", {"place": "Mỹ Tho", "subject": None, "signer_name": "Lê A"})
    confirmed = {"place": "mỹ  tho", "subject": "về việc", "other": "x"}
    assert wrong_values(confirmed, truth) == {"subject": 1}


def test_an_empty_value_is_no_wrong_one() -> None:
    truth = Paper("TK", "H58.30-220303-0012", {"place": "Mỹ Tho", "issue_date": "2022-03-03"})
    confirmed = {"place": "Cai Lậy", "issue_date": None}
    assert (wrong_values(confirmed, truth), empty_values(confirmed, truth)) == (
        {"place": 1},
        {"issue_date": 1},
    )


def test_key_presses_are_told_by_the_number_of_doubts() -> None:
    works = [Work(str(n), doubts=n % 2, keys=1 + n % 2, seconds=1.0, visible=100.0 + n) for n in range(8)]
    found = figures(works, Counter(), Counter())
    assert found["keys_by_doubts"] == {
        "0": {"papers": 4, "median": 1, "max": 1},
        "1": {"papers": 4, "median": 2, "max": 2},
    }
    assert found["next_visible_ms"]["max"] == 107
    assert found["wrong_values_left"] == 0
