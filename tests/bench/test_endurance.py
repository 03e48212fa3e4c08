"""What the measuring of endurance would call a fault: it must not pass over a page that was lost or doubled."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bench.endurance import Outcome
from bench.long_day import Scanned
from bench.office import Balance, doubled, homeless
from bench.service import done_twice

WHOLE = {"whole": True, "objects": 40, "missing": 0, "damaged": 0, "orphans": 0}
GOOD = Balance(
    files=Counter(rasterised=2),
    pages=Counter(recognised=9, unreadable=1),
    records=Counter(classified=3, cover=1, filed=1),
    doubled=(),
    homeless=(),
)
DAY = Outcome(Scanned(10, 2, ["a", "b"]), GOOD, WHOLE, {"intact": True}, 0, 3, 60.0, 10**9)


def test_a_day_on_which_all_came_out_has_no_faults() -> None:
    assert DAY.faults == []
    assert DAY.as_dict()["pages a minute"] == 10


@pytest.mark.parametrize(
    "balance",
    [
        replace(GOOD, pages=Counter(recognised=9)),
        replace(GOOD, pages=Counter(recognised=9, unreadable=1, received=1)),
        replace(GOOD, files=Counter(rasterised=1)),
        replace(GOOD, records=Counter(classified=4, assembled=1)),
        replace(GOOD, doubled=("page",)),
        replace(GOOD, homeless=("page",)),
    ],
    ids=["lost page", "unread page", "lost file", "unfinished paper", "page in two papers", "page in none"],
)
def test_whatever_is_lost_or_doubled_is_a_fault(balance: Balance) -> None:
    assert len(replace(DAY, balance=balance).faults) == 1


def test_lost_objects_a_broken_trail_and_repeated_steps_are_faults() -> None:
    assert replace(DAY, objects={**WHOLE, "whole": False}).faults
    assert replace(DAY, chain={"intact": False}).faults
    assert replace(DAY, done_twice=1).faults


def test_a_page_in_two_papers_is_doubled_and_one_whose_paper_denies_it_is_homeless() -> None:
    said = {"p1": "r1", "p2": "r1", "p3": None, "p4": "r2"}
    held = Counter([("p1", "r1"), ("p2", "r1"), ("p2", "r2")])
    assert doubled(held) == ("p2",)
    assert set(homeless(said, held)) == {"p3", "p4"}


def test_a_step_that_a_log_tells_twice_was_done_twice(tmp_path: Path) -> None:
    line = '{"event": "step_done", "step": "recognise", "key": "%s"}\n'
    (tmp_path / "a.log").write_text(line % "p1" + line % "p2" + "no step\n")
    (tmp_path / "b.log").write_text(line % "p2")
    assert done_twice(tmp_path / "a.log", tmp_path / "b.log") == {("recognise", "p2"): 2}
