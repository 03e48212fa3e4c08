"""The statutory reports over HTTP, each for whoever asks, and the check of their files."""

import csv
import io

from tests.api.world import World

PERIOD = {"from": "2022-01-01", "to": "2022-12-31"}
HEADER = "MaHoSo,MaTTHC,DonViXuLy,NgayTiepNhan,NgayKetThucXuLy\n"
ROWS = (
    "H58.30-220304-0013,1.001193,P1,04/03/2022 08:00,05/03/2022 09:00\n"
    "H58.30-220304-0014,1.001193,P2,04/03/2022 08:00,\n"
)


def furnished(world: World) -> World:
    answer = world.call("administrator", "POST", "/api/dossiers/import", content=(HEADER + ROWS).encode())
    assert answer.json()["new"] == 2
    return world


def test_a_report_counts_the_units_that_its_reader_reaches(world: World) -> None:
    furnished(world)
    for who, received in (("auditor", 2), ("chief-auditor", 3), ("other-clerk", 1)):
        report = world.get(who, "/api/reports/II.06a", params=PERIOD).json()
        assert report["rows"][-1]["received"] == received, who
    assert world.get("operator", "/api/reports/II.06a", params=PERIOD).status_code == 403
    assert world.get("auditor", "/api/reports/II.99", params=PERIOD).json()["code"] == "invalid_value"


def test_a_report_comes_in_four_forms_and_each_proves_itself(world: World) -> None:
    furnished(world)
    for form, begin in (("json", b"{"), ("csv", b"\xef\xbb\xbfline,"), ("xlsx", b"PK"), ("pdf", b"%PDF-")):
        answer = world.get("auditor", "/api/reports/digitization", params={**PERIOD, "format": form})
        assert answer.status_code == 200
        assert answer.content.startswith(begin)
        found = world.call("auditor", "POST", "/api/reports/verify", content=answer.content).json()
        assert (found["same"], found["format"], found["cells"]) == (True, form, [])


def test_a_changed_file_is_told_by_the_place_that_was_changed(world: World) -> None:
    furnished(world)
    text = world.get("auditor", "/api/reports/II.06a", params={**PERIOD, "format": "csv"}).text
    rows = list(csv.reader(io.StringIO(text)))
    received = rows[0].index("received")
    rows[1][received] = "99"
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    found = world.call("auditor", "POST", "/api/reports/verify", content=out.getvalue().encode()).json()
    assert found["same"] is False
    assert found["cells"] == [{"place": "line 2, received", "in_file": "99", "recomputed": "2"}]


def test_a_file_that_is_no_report_is_refused(world: World) -> None:
    answer = world.call("auditor", "POST", "/api/reports/verify", content=b"a,b\n")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_report")


def test_nobody_proves_figures_of_units_beyond_their_reach(world: World) -> None:
    furnished(world)
    theirs = world.get("chief-auditor", "/api/reports/II.06a", params=PERIOD).content
    answer = world.call("auditor", "POST", "/api/reports/verify", content=theirs)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_the_coverage_table_is_handed_out_as_a_sheet_that_proves_itself(world: World) -> None:
    furnished(world)
    for form, begin in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
        answer = world.get("auditor", "/api/coverage", params={**PERIOD, "by": "domain", "format": form})
        assert answer.content.startswith(begin)
        assert f"coverage-domain-2022-01-01-2022-12-31.{form}" in answer.headers["Content-Disposition"]
        found = world.call("auditor", "POST", "/api/reports/verify", content=answer.content).json()
        assert (found["same"], found["report"], found["cells"]) == (True, "coverage", [])
