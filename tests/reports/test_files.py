"""A report's file: laid out as the form, proves itself, and says which cell somebody has changed."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bench.verapdf import violations, why_not
from config.wiring import Services
from records.coverage import VIETNAM, Period
from records.dossier import Dossier
from records.errors import InvalidReport, NotAllowed
from records.ids import DossierCode, ProcedureCode, UnitCode
from records.report import FORMAT, FORMS, Report, ReportKind
from records.staff import WHOLE_OFFICE, Scope
from reports.formats import ReportFormat, file_name, write
from reports.read import read_back
from workers import indicator_rules
from workers.reporting import make_report, verify_report

WARD = UnitCode("P1")
DAY = datetime(2022, 3, 2, 9, tzinfo=VIETNAM)
MARCH = Period(DAY.date().replace(day=1), DAY.date().replace(day=31))


def a_case(number: int, **parts: object) -> Dossier:
    fields = {"due_at": DAY + timedelta(days=5), "finished_at": DAY + timedelta(days=1)} | parts
    code = DossierCode(f"H58.30-220302-{number:04}")
    return Dossier(code, ProcedureCode("1.001193"), WARD, DAY, **fields)  # type: ignore[arg-type]


def take(services: Services, *cases: Dossier) -> None:
    with services.database.transaction() as tx:
        tx.dossiers.upsert(cases, "test", datetime.now(UTC))


@pytest.fixture
def report(services: Services) -> Report:
    """Three dossiers of a ward, one of them open."""
    take(services, a_case(1), a_case(2), a_case(3, finished_at=None))
    return make_report(services, ReportKind.II_06A, MARCH, WHOLE_OFFICE)


def changed_xlsx(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    cell = [cell for row in sheet.iter_rows() for cell in row if cell.value == 3 and cell.font.bold][-2]
    cell.value = 30
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed_json(content: bytes) -> bytes:
    report = json.loads(content)
    report["rows"][-1]["received"] = 30
    return json.dumps(report).encode()


def changed_csv(content: bytes) -> bytes:
    return content.replace(b"total,total,,,3,", b"total,total,,,30,")


@pytest.mark.parametrize(
    ("file_format", "change", "place"),
    [
        (ReportFormat.XLSX, changed_xlsx, "cell "),
        (ReportFormat.JSON, changed_json, "rows[2].received"),
        (ReportFormat.CSV, changed_csv, "line 4, received"),
    ],
)
def test_a_changed_figure_is_named(
    services: Services,
    report: Report,
    file_format: ReportFormat,
    change: Callable[[bytes], bytes],
    place: str,
) -> None:
    found = verify_report(services, change(write(report, file_format)), WHOLE_OFFICE)
    assert not found.same
    assert found.inputs == ()
    (cell,) = found.cells
    assert cell.place.startswith(place)
    assert (cell.in_file, cell.recomputed) == ("30", "3")


def test_a_pdf_whose_lines_are_not_those_of_the_history_differs(services: Services, report: Report) -> None:
    honest = write(report, ReportFormat.PDF)
    assert verify_report(services, honest, WHOLE_OFFICE).same
    lines = {line for line in read_back(honest).cells.values() if "Tổng số" in line}
    assert any("3 0 3" in line for line in lines)


def test_a_report_of_the_past_is_proved_after_the_office_has_moved_on(
    services: Services, report: Report
) -> None:
    shown = write(report, ReportFormat.XLSX)
    take(services, a_case(3), a_case(4))
    assert verify_report(services, shown, WHOLE_OFFICE).same
    again = make_report(services, ReportKind.II_06A, MARCH, WHOLE_OFFICE, as_of=report.request.as_of)
    assert again == report
    now = make_report(services, ReportKind.II_06A, MARCH, WHOLE_OFFICE)
    assert (now.rows()[-1]["received"], now.rows()[-1]["open"]) == (4, 0)
    assert now.fingerprint != report.fingerprint


def test_a_report_from_another_history_names_what_it_was_counted_from(
    services: Services, report: Report
) -> None:
    statement = json.loads(write(report, ReportFormat.JSON))
    statement["inputs"]["dossiers_sha256"] = "0" * 64
    found = verify_report(services, json.dumps(statement).encode(), WHOLE_OFFICE)
    assert [part.place for part in found.inputs] == ["dossiers_sha256"]
    assert not found.same


@pytest.mark.parametrize("file_format", ReportFormat)
def test_a_report_of_an_earlier_version_has_its_figures_compared(
    services: Services, report: Report, file_format: ReportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("records.report.FORMAT", FORMAT - 1)
        file = write(report, file_format)
    found = verify_report(services, file, WHOLE_OFFICE)
    assert (found.same, found.earlier, found.cells) == (False, True, ())
    assert [part.place for part in found.inputs] == ["sohoa_report"]


def test_whoever_does_not_reach_a_report_s_units_cannot_have_it_recomputed(
    services: Services, report: Report
) -> None:
    own = make_report(services, ReportKind.II_06A, MARCH, Scope(frozenset([WARD])))
    ward = Scope(frozenset([WARD]))
    assert verify_report(services, write(own, ReportFormat.CSV), ward).same
    for theirs, scope in ((report, ward), (own, Scope(frozenset([UnitCode("P2")])))):
        with pytest.raises(NotAllowed):
            verify_report(services, write(theirs, ReportFormat.CSV), scope)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b"a,b\n1,2\n",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\xff\xfe",
        b'{"sohoa_report": 1}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_report_is_refused(services: Services, content: bytes) -> None:
    with pytest.raises(InvalidReport):
        verify_report(services, content, WHOLE_OFFICE)


def test_a_spreadsheet_without_a_statement_is_refused() -> None:
    out = io.BytesIO()
    Workbook().save(out)
    with pytest.raises(InvalidReport):
        read_back(out.getvalue())


@pytest.mark.parametrize("far", ["XFD1048576", "A1048576"])
def test_a_cell_far_out_costs_nothing(services: Services, report: Report, far: str) -> None:
    book = load_workbook(io.BytesIO(write(report, ReportFormat.XLSX)))
    book.worksheets[0][far] = 1
    book.worksheets[1][far] = 1
    out = io.BytesIO()
    book.save(out)
    assert verify_report(services, out.getvalue(), WHOLE_OFFICE).same


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("to", "9999-12-31"),
        ("from", "0001-01-01"),
        ("as_of", "9999-12-31T23:59:59+00:00"),
        ("as_of", "2022-03-01T00:00:00"),
    ],
)
def test_a_statement_of_another_age_is_refused(
    services: Services, report: Report, name: str, value: str
) -> None:
    content = json.loads(write(report, ReportFormat.JSON)) | {name: value}
    with pytest.raises(InvalidReport):
        verify_report(services, json.dumps(content).encode(), WHOLE_OFFICE)


def test_the_spreadsheet_has_the_form_s_merged_heads_and_numbering_row(report: Report) -> None:
    sheet = load_workbook(io.BytesIO(write(report, ReportFormat.XLSX))).worksheets[0]
    texts = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value}
    merged = {str(area) for area in sheet.merged_cells.ranges}
    at = {str(text): place for place, text in texts.items()}
    head = int(at["Tiếp nhận"][1:])
    assert {f"C{head}:F{head}", f"D{head + 1}:E{head + 1}", f"A{head}:A{head + 2}"} <= merged
    assert [texts[f"{column}{head + 3}"] for column in "ABCGK"] == [
        "1",
        "2",
        "3 = 4+5+6",
        "7 = 8+9+10",
        "11 = 12+13",
    ]
    assert {"NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "Đơn vị báo cáo: Phường 1"} <= at.keys()
    assert sheet[f"C{head + 4}"].value == 3


def test_what_people_write_under_a_spreadsheet_s_fingerprint_is_theirs(
    services: Services, report: Report
) -> None:
    book = load_workbook(io.BytesIO(write(report, ReportFormat.XLSX)))
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row, 1).value = "Trần Thị Mẫu"
    out = io.BytesIO()
    book.save(out)
    assert verify_report(services, out.getvalue(), WHOLE_OFFICE).same


def test_a_text_that_looks_like_a_formula_stays_a_text(report: Report) -> None:
    from dataclasses import replace

    evil = replace(report, unit_name="=1+1")
    sheet = load_workbook(io.BytesIO(write(evil, ReportFormat.XLSX))).worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("kind", FORMS)
def test_the_same_report_gives_the_same_pdf(services: Services, kind: ReportKind) -> None:
    take(services, a_case(1))
    made = make_report(services, kind, MARCH, WHOLE_OFFICE)
    assert write(made, ReportFormat.PDF) == write(made, ReportFormat.PDF)
    assert file_name(made, ReportFormat.PDF) == f"{kind.value}-2022-03-01-2022-03-31.pdf"


@pytest.mark.slow
@pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
def test_every_report_is_valid_pdfa_3(services: Services, tmp_path: Path) -> None:
    take(services, *(a_case(number) for number in range(1, 40)))
    files = []
    for kind in FORMS:
        files.append(tmp_path / f"{kind.value}.pdf")
        files[-1].write_bytes(write(make_report(services, kind, MARCH, WHOLE_OFFICE), ReportFormat.PDF))
    assert violations(files, "3_U") == {str(file): [] for file in files}


def test_a_new_threshold_leaves_the_reports_that_were_made_before_it(
    services: Services, report: Report
) -> None:
    before = make_report(services, ReportKind.INDICATORS, MARCH, WHOLE_OFFICE)
    shown = [write(one, ReportFormat.XLSX) for one in (before, report)]
    with services.database.transaction() as tx:
        rule = {"threshold": 0.5, "max_points": 10.0, "source": "Decision 1", "actor": "admin"}
        indicator_rules.enter(tx, "4.2", MARCH.last, now=datetime.now(UTC), **rule)  # type: ignore[arg-type]
    assert all(verify_report(services, file, WHOLE_OFFICE).same for file in shown)
    now = make_report(services, ReportKind.INDICATORS, MARCH, WHOLE_OFFICE)
    told = {row["key"]: (row["threshold"], row["max_points"]) for row in now.rows()}
    assert told["4.2"] == (50.0, 10.0)
    assert now.inputs.catalogue_sha256 != before.inputs.catalogue_sha256
    a_day_less = Period(MARCH.first, MARCH.last - timedelta(days=1))
    earlier = make_report(services, ReportKind.INDICATORS, a_day_less, WHOLE_OFFICE)
    assert {row["key"]: row["threshold"] for row in earlier.rows()}["4.2"] == 80.0
