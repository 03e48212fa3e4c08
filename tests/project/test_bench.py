"""What the bench grades on is never what is tuned on."""

from __future__ import annotations

import pytest

from bench.ocr import papers
from bench.papers import GRADED_FROM, HALVES


def test_the_halves_of_generated_papers_lie_on_their_side_of_the_line() -> None:
    assert HALVES["tune"][1] <= GRADED_FROM <= HALVES["grade"][0]


@pytest.mark.parametrize(("seeds", "half"), [("5999:6001", "tune"), ("5999:6001", "grade")])
def test_seeds_of_the_other_half_are_refused(seeds: str, half: str) -> None:
    with pytest.raises(ValueError, match=half):
        next(papers(None, seeds, half))
