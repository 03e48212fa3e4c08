"""The forms' own rules, without a database: sums, rates, points."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import default_data, form_766, form_digitization, form_ii06a
from records.coverage import Rate
from records.ids import UnitCode
from records.report import Line, LineKind
from records.tallies import Counts, Group, Standing, Tally, standing_of, summed

WARD = Group(UnitCode("P1"), "Hộ tịch", certification=False, needs_result=True)
INDICATOR = next(one for one in default_data.indicators() if one.id == "4.2")

groups = st.builds(
    Group,
    st.sampled_from([UnitCode("P1"), UnitCode("P2"), UnitCode("MT-TP")]),
    st.sampled_from(["Hộ tịch", "Đất đai", None]),
    st.booleans(),
    st.booleans(),
)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Dossiers whose standings are such that each is counted once coming in and once going out."""
    parts = [draw(st.integers(0, 50)) for _ in range(5)]
    new = draw(st.integers(0, sum(parts)))
    online = draw(st.integers(0, new))
    early, on_time, late, in_time, overdue = parts
    counts = Counts(sum(parts) - new, online, new - online, early, on_time, late, in_time, overdue)
    return Tally(draw(groups), counts)


def level_of(unit: UnitCode) -> str:
    return "district" if unit.startswith("MT") else "commune"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine proves nothing
@given(st.lists(tallies(), max_size=8))
def test_every_line_of_form_ii06a_meets_the_identities_and_lines_add_up(found: list[Tally]) -> None:
    lines = form_ii06a.lines(found, level_of)
    columns = default_data.form_columns("II06a", form_ii06a.KEYS)
    assert all(form_ii06a.broken_sums(columns, line) == () for line in lines)
    rows = [line.cells[2] for line in lines if line.kind is LineKind.ROW]
    sections = [line.cells[2] for line in lines if line.kind is LineKind.SECTION]
    assert sum(map(int, map(str, rows))) == sum(map(int, map(str, sections))) == lines[-1].cells[2]


def test_a_line_that_was_tampered_with_breaks_its_sums() -> None:
    columns = default_data.form_columns("II06a", form_ii06a.KEYS)
    line = Line(LineKind.TOTAL, "total", ("", "", 10, 4, 5, 1, 7, 3, 3, 1, 3, 2, 2))
    assert form_ii06a.broken_sums(columns, line) == ("open = open_in_time + open_overdue",)


@pytest.mark.parametrize(
    ("numerator", "denominator", "points"),
    [(80, 100, "4.00"), (100, 100, "4.00"), (40, 100, "2.00"), (79_999, 100_000, "3.99"), (0, 5, "0.00")],
)
def test_points_are_full_from_the_threshold_on_and_in_proportion_below(
    numerator: int, denominator: int, points: str
) -> None:
    assert form_766.points(INDICATOR, Rate(numerator, denominator)) == Decimal(points)


def test_no_points_are_given_where_rate_or_rule_is_not_known() -> None:
    assert form_766.points(INDICATOR, Rate(0, 0)) is None
    assert form_766.points(replace(INDICATOR, score_rule=""), Rate(1, 1)) is None
    assert form_766.points(replace(INDICATOR, score_rule="max*rate**2"), Rate(1, 1)) is None


def test_certification_counts_in_the_rate_and_not_in_the_one_beside_it() -> None:
    ward = Tally(WARD, Counts(direct=3, on_time=3, with_result=2, digitised=1))
    stamp = Tally(replace(WARD, certification=True), Counts(direct=7, on_time=7))
    rows = {line.key: line.cells for line in form_766.lines([ward, stamp], default_data.indicators())}
    rate = form_766.KEYS.index("rate")
    assert rows["4.1"][rate : rate + 2] == (Rate(2, 10), Rate(2, 3))
    assert rows["4.2"][rate : rate + 2] == (Rate(1, 10), Rate(1, 3))


def test_nothing_received_gives_no_rate_at_all() -> None:
    rows = {line.key: line.cells for line in form_766.lines([], default_data.indicators())}
    assert {str(rows[key][form_766.KEYS.index("rate")]) for key in ("4.1", "4.2", "4.3", "4.4")} == {"N/A"}


def test_a_dossier_without_a_written_result_needs_none() -> None:
    with_result = Tally(WARD, Counts(direct=5, on_time=4, resolved_with_result=3))
    without = Tally(replace(WARD, needs_result=False), Counts(direct=2, on_time=2, resolved_with_result=1))
    (line, _) = form_digitization.lines([with_result, without], [UnitCode("P1")], lambda unit: "Phường 1")
    cells = dict(zip(form_digitization.KEYS, line.cells, strict=True))
    assert (cells["resolved"], cells["result_not_digitised"], cells["result_digitised"]) == (6, 1, 5)


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("3", Standing.NOT_ACCEPTED),
        ("Không được tiếp nhận", Standing.NOT_ACCEPTED),
        ("Mới đăng ký", Standing.NOT_ACCEPTED),
        ("Trả lại hồ sơ", Standing.GIVEN_BACK),
        ("Công dân xin rút", Standing.GIVEN_BACK),
        ("10", Standing.ACCEPTED),
        ("Đã trả kết quả", Standing.ACCEPTED),
        ("", Standing.ACCEPTED),
    ],
)
def test_a_status_says_whether_and_how_a_dossier_counts(status: str, standing: Standing) -> None:
    assert standing_of(status) is standing


def test_tallies_are_summed_by_what_their_dossiers_share() -> None:
    one, other = Tally(WARD, Counts(direct=1)), Tally(replace(WARD, domain=None), Counts(direct=2))
    assert summed([one, other]).received == 3
    assert summed([one, other], lambda group: group.domain is None).received == 2
