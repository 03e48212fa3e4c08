"""The auditor's screens besides coverage: forms as filed, a file checked, a day reconciled, the trail."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.web.conftest import SignedIn


def test_a_form_is_shown_downloaded_and_checked(signed_in: SignedIn, tmp_path: Path) -> None:
    page = signed_in("auditor")
    page.goto("/reports?report=II.06a&from=2021-12-16&to=2022-11-30")
    expect(page.locator("#made th", has_text="Quá hạn").first).to_be_visible()
    expect(page.locator("#made .line-total")).to_have_count(1)
    figure = page.locator("#made .line-total button").first
    count = int(figure.inner_text().replace(".", ""))
    figure.click()
    expect(page.locator("#behind tbody tr")).to_have_count(min(count, 50))
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / "report.csv"
    started.value.save_as(file)
    page.get_by_label("Tệp báo cáo", exact=True).set_input_files(file)
    expect(page.get_by_text("không ô nào khác")).to_be_visible()
    text = file.read_text(encoding="utf-8-sig")
    total = next(line for line in text.splitlines() if line.startswith("total"))
    forged = re.sub(r"(\d+)$", lambda last: str(int(last[1]) + 1), total.rstrip())
    assert forged != total.rstrip()
    file.write_text("\ufeff" + text.replace(total.rstrip(), forged), encoding="utf-8")
    page.get_by_label("Tệp báo cáo", exact=True).set_input_files(file)
    expect(page.get_by_text("khác với lịch sử")).to_be_visible()


def test_reports_begin_with_the_newest_year_that_has_dossiers_as_coverage_does(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    for screen, filled in (("/reports", "#made .line-total"), ("/coverage", "#table tfoot")):
        page.goto(screen)
        expect(page.locator(filled)).to_have_count(1)
        expect(page.get_by_label("Từ ngày")).to_have_value("2022-01-01")
        expect(page.get_by_label("Đến ngày")).to_have_value("2022-12-31")


def test_a_threshold_says_why_it_opens_nothing(signed_in: SignedIn) -> None:
    page = signed_in("chief-auditor")
    page.goto("/reports?report=766&from=2022-01-01&to=2022-12-31")
    row = page.locator("#made .line-row", has_text="4.2")
    expect(row.get_by_title("Ngưỡng và điểm là quy định")).to_have_count(3)
    expect(row.get_by_role("button").first).to_be_visible()


def test_a_difference_of_the_day_is_closed_with_a_reason(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    page.get_by_role("link", name="Đối soát").click()
    row = page.get_by_role("row", name="Tệp đã khai nhưng chưa đến")
    row.get_by_role("button", name="Kết thúc").click()
    page.get_by_label("Lý do").fill("Máy quét hỏng, giấy đã trả")
    page.get_by_role("button", name="Lưu").click()
    expect(row).to_contain_text("clerk")
    expect(row).to_contain_text("Máy quét hỏng, giấy đã trả")


def test_the_trail_is_for_auditors_of_the_whole_office(signed_in: SignedIn) -> None:
    page = signed_in("chief-auditor")
    page.goto("/audit")
    expect(page.get_by_role("cell", name="Xác nhận").first).to_be_visible()
    page = signed_in("auditor")
    page.goto("/audit")
    expect(page.get_by_role("alert")).to_be_visible()
