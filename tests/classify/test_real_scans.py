"""Real papers of offices, read by the default engine: what is answered is right, and most is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.field_papers import scanned
from bench.fields import measure


@pytest.mark.shared
@pytest.mark.slow
def test_real_scans_are_read_with_hardly_a_wrong_answer(shared: Path) -> None:
    result = measure(scanned(shared / "scans"), "hybrid")
    assert result.types_right == result.types_graded
    printed = {name: count for name, count in result.fields.items() if not name.endswith("(by hand)")}
    right = sum(count.right for count in printed.values())
    wrong = sum(count.wrong for count in printed.values())
    there = right + wrong + sum(count.missed for count in printed.values())
    assert wrong <= 0.02 * there
    assert right >= 0.88 * there
