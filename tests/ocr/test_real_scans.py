"""Real office scans, under bounds that leave room: the figures themselves come from `python -m bench.ocr`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.papers import scans
from bench.text_distance import Distance, distance
from ocr.engines import make_engine

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.mark.parametrize(("name", "cer", "wer"), [("hybrid", 0.02, 0.035), ("fast", 0.03, 0.06)])
def test_real_scans_are_read_within_the_goal(shared: Path, name: str, cer: float, wer: float) -> None:
    engine = make_engine(name)
    total = Distance()
    for paper in scans(shared / "scans"):
        found = distance(paper.text, engine.read(paper.image, dpi=paper.dpi).text)
        assert found.cer < 0.15, paper.name
        total += found
    assert total.cer < cer and total.wer < wer
