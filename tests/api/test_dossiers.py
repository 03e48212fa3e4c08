"""Case data in, coverage out, over HTTP."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta

from openpyxl import Workbook

from records.dossier import Dossier
from records.ids import ProcedureCode
from tests.api.world import CODE, START, WARD, World

HEADER = "MaHoSo,MaTTHC,DonViXuLy,NgayTiepNhan,NgayKetThucXuLy\n"
ROW = "H58.30-220304-0013,1.001193,P1,04/03/2022 08:00,05/03/2022 09:00\n"
PERIOD = {"from": "2022-01-01", "to": "2022-12-31"}


def imported(world: World, text: str, **query: str) -> dict[str, object]:
    answer = world.call("administrator", "POST", "/api/dossiers/import", content=text.encode(), params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_an_import_takes_good_rows_and_names_the_others(world: World) -> None:
    report = imported(world, HEADER + ROW + "nonsense,1.001193,P1,04/03/2022,\n")
    assert (report["new"], report["refused"]) == (1, 1)
    assert report["refused_rows"] == [
        {"row": 3, "code": "invalid_dossier_code", "reason": "code: this is not a dossier code"}
    ]
    assert imported(world, HEADER + ROW)["same"] == 1


def test_a_spreadsheet_is_told_by_its_content(world: World) -> None:
    book = Workbook()
    assert book.active is not None
    for line in (HEADER + ROW).splitlines():
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    answer = world.call("administrator", "POST", "/api/dossiers/import", content=out.getvalue())
    assert (answer.status_code, answer.json()["new"]) == (200, 1)


def test_an_archive_that_is_no_spreadsheet_is_refused(world: World) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a><b></a>")
    for content in (out.getvalue(), out.getvalue()[:-30], b"PK\x03\x04"):
        answer = world.call("administrator", "POST", "/api/dossiers/import", content=content)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_import")


def test_a_dry_run_writes_nothing(world: World) -> None:
    report = imported(world, HEADER + ROW + "nonsense,1.001193,P1,04/03/2022,\n", dry_run="true")
    assert (report["dry_run"], report["refused"]) == (True, 1)
    assert world.get("clerk", "/api/dossiers/H58.30-220304-0013").status_code == 404


def test_a_file_that_is_no_case_list_is_refused(world: World) -> None:
    for content, code in (
        (b"a,b\n1,2\n", "invalid_import"),
        (b"", "empty_file"),
        (b"\xff\xfe", "invalid_import"),
    ):
        answer = world.call("administrator", "POST", "/api/dossiers/import", content=content)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert list((world.services.settings.data_dir / "incoming").iterdir()) == []


def test_dossiers_are_listed_by_what_is_asked(world: World) -> None:
    imported(world, HEADER + ROW)

    def found(**query: str) -> list[str]:
        return [one["code"] for one in world.get("clerk", "/api/dossiers", params=query).json()["items"]]

    assert found() == [CODE, "H58.30-220304-0013"]
    assert found(resolved="true") == ["H58.30-220304-0013"]
    assert found(received_from="2022-03-02T00:00:00Z") == ["H58.30-220304-0013"]
    assert found(received_before="2022-03-02T00:00:00+07:00") == [CODE]
    assert found(procedure="9.999999") == found(unit="P2") == []


def test_coverage_shows_each_rate_with_its_fraction_and_the_gap_names_the_dossiers(world: World) -> None:
    imported(world, HEADER + ROW)
    table = world.get("auditor", "/api/coverage", params=PERIOD).json()
    (row,) = table["rows"]
    assert (row["key"], row["received"], row["resolved"], row["required"], row["gap"]) == ("P1", 2, 1, 1, 1)
    assert row["rate_without_certification"] == {"numerator": 0, "denominator": 1, "percent": 0.0}
    assert row["components_rate"]["percent"] is None
    gap = world.get("auditor", "/api/coverage/gap", params=PERIOD).json()["items"]
    assert [dossier["code"] for dossier in gap] == ["H58.30-220304-0013"]


def test_coverage_as_csv_has_the_same_figures_and_a_sum(world: World) -> None:
    imported(world, HEADER + ROW)
    answer = world.get("auditor", "/api/coverage", params={**PERIOD, "by": "month", "format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["key"], row["received"]) for row in rows] == [("2022-03", "2"), ("", "2")]
    assert (rows[0]["rate_denominator"], rows[0]["rate"]) == ("1", "0.0")


def test_a_period_that_ends_before_it_begins_is_refused(world: World) -> None:
    for period in ({"from": "2022-02-01", "to": "2022-01-01"}, {"to": "9999-12-31"}, {"from": "0001-01-01"}):
        answer = world.get("auditor", "/api/coverage", params=period)
        assert answer.json()["code"] == "invalid_value", period


def test_the_catalogue_is_dated(world: World) -> None:
    before, after = (
        {unit["code"] for unit in world.get("operator", "/api/units", params={"on": day}).json()["items"]}
        for day in ("2022-03-01", "2025-07-02")
    )
    assert before - after
    assert after - before
    kinds = world.get("operator", "/api/document-types").json()["items"]
    assert "QD" in {kind["code"] for kind in kinds}
    assert world.get("operator", "/api/procedures").json()["items"]


def test_a_dossier_says_where_its_result_stands_as_coverage_counts_it(world: World) -> None:
    database, later = world.services.database, START + timedelta(days=3)
    with database.snapshot() as tx:
        attesting = next(one.code for one in tx.catalogue.procedures() if one.certification)
    cases = {
        "not_yet": Dossier(CODE, ProcedureCode("1.001193"), WARD, START),
        "missing": Dossier(CODE, ProcedureCode("1.001193"), WARD, START, finished_at=later),
        "not_needed": Dossier(CODE, attesting, WARD, START, finished_at=later),
    }
    for state, dossier in cases.items():
        with database.transaction() as tx:
            tx.dossiers.upsert([dossier], "test", datetime.now(UTC))
        assert world.get("clerk", f"/api/dossiers/{CODE}").json()["result"] == state
    record = world.a_record()
    assert world.confirm(record).status_code == 200
    world.file(record)
    assert world.get("clerk", f"/api/dossiers/{CODE}").json()["result"] == "filed"
