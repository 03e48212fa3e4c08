"""A dossier and coverage on the screen: from a rate to the dossier that is missing, and to the PDF behind it."""

import re

from playwright.sync_api import expect

from tests.api.world import CODE, World
from tests.web.axe import violations
from tests.web.conftest import SignedIn

CASE = {"MaTTHC": "1.001193", "DonViXuLy": "P1", "NgayTiepNhan": "2022-03-03T08:15"}
PERIOD = "from=2021-12-16&to=2022-11-30"


def test_a_rate_leads_to_the_dossiers_that_make_it_fall_short(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    page.goto(f"/coverage?{PERIOD}")
    expect(page.locator(".figure.first b")).to_contain_text("%")
    missing = page.locator("#gap tbody tr")
    total = page.locator("#table tfoot td").last
    expect(missing).to_have_count(int(total.inner_text()))
    expect(page.locator("#outlook p").first).to_be_visible()
    expect(missing.first).to_contain_text("kết quả")
    code = missing.first.get_by_role("link").inner_text()
    missing.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name=code)).to_be_visible()
    expect(page.get_by_text("Đã giải quyết nhưng chưa có kết quả số hóa")).to_be_visible()


def test_without_a_period_the_newest_year_with_dossiers_is_shown(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    expect(page.get_by_label("Từ ngày")).to_have_value("2022-01-01")
    expect(page.locator("#table tbody tr")).not_to_have_count(0)


def test_coverage_is_broken_down_drawn_and_kept_in_the_address(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    page.goto(f"/coverage?{PERIOD}")
    page.get_by_role("button", name="Lĩnh vực").click()
    expect(page.get_by_role("row", name="Hộ tịch")).to_be_visible()
    cell = page.locator("#matrix").get_by_role("row", name="Phường 1 ").get_by_role("button").first
    lacking = re.search(r"Xem (\d+) hồ sơ", cell.get_attribute("aria-label") or "")
    assert lacking is not None
    cell.click()
    expect(page.locator("#gap-of")).to_contain_text("Phường 1 ·")
    expect(page.locator("#gap tbody tr")).to_have_count(int(lacking.group(1)))
    assert violations(page) == []
    for file in page.locator("[data-format]").all():
        assert page.request.get(file.get_attribute("href") or "").ok
    page.reload()
    expect(page.get_by_role("button", name="Lĩnh vực")).to_have_attribute("aria-pressed", "true")


def test_a_dossier_shows_its_papers_and_the_pdf_in_the_page(signed_in: SignedIn, office: World) -> None:
    filed = office.get("clerk", "/api/records", params={"state": "filed"}).json()["items"][0]
    page = signed_in("clerk")
    page.get_by_role("link", name="Hồ sơ", exact=True).click()
    page.get_by_label("Mã hồ sơ").fill(filed["dossier"])
    page.keyboard.press("Enter")
    row = page.get_by_role("group", name="Giấy tờ đã số hóa").locator("tbody tr").first
    expect(row).to_contain_text("Thành phần hồ sơ")
    with page.expect_response(lambda answer: answer.url.endswith("/pdf")) as loading:
        row.get_by_role("button", name="PDF của").click()
    assert loading.value.status == 200
    expect(page.locator("iframe")).to_be_visible()


def test_an_unknown_code_is_said(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    page.goto("/dossiers/H58.30-220303-9999")
    expect(page.get_by_role("alert")).to_be_visible()


def lists_a_component(office: World) -> None:
    said = {**CASE, "TaiLieuNop": [{"MaThanhPhanHoSo": "TP01"}]}
    office.call("administrator", "PUT", f"/api/dossiers/{CODE}", json=said).raise_for_status()


def test_a_component_is_exempt_with_a_reason_and_no_longer(signed_in: SignedIn, office: World) -> None:
    lists_a_component(office)
    page = signed_in("clerk")
    page.goto(f"/dossiers/{CODE}")
    part = page.get_by_role("row", name="TP01").first
    expect(part).to_contain_text("Còn thiếu")
    part.get_by_role("button", name="Miễn số hóa").click()
    page.get_by_label("Lý do").select_option("PHOTOCOPY")
    assert violations(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Miễn số hóa").click()
    expect(part).to_contain_text("bản chụp")
    part.get_by_role("button", name="Bỏ miễn").click()
    expect(part).to_contain_text("Còn thiếu")
    assert violations(page) == []


def test_a_paper_that_is_digitised_is_found_and_used_again(signed_in: SignedIn, office: World) -> None:
    owner = "082190001234"
    record = office.a_record()
    with office.services.database.snapshot() as tx:
        kind = next(kind for kind in tx.catalogue.document_types() if "id_no" in kind.fields)
    filed_in = office.get("clerk", "/api/records", params={"state": "filed"}).json()["items"][0]["dossier"]
    tag = {"code": filed_in, "role": "result"}
    office.confirm(record, document_type=kind.code, fields={"id_no": owner}, dossier=tag).raise_for_status()
    office.file(record)
    lists_a_component(office)
    page = signed_in("clerk")
    page.goto(f"/dossiers/{CODE}")
    part = page.get_by_role("row", name="TP01").first
    part.get_by_role("button", name="Dùng lại").click()
    page.get_by_label("Số định danh").fill(owner)
    page.get_by_label("Loại giấy tờ").select_option(kind.code)
    page.get_by_role("button", name="Tìm giấy tờ", exact=True).click()
    page.get_by_role("button", name=f"Dùng lại: {filed_in}").click()
    with page.expect_response(lambda answer: answer.url.endswith("/pdf")) as loading:
        part.get_by_role("button", name="Xem PDF").click()
    assert loading.value.status == 200
    assert owner not in page.url
