"""A paper that is digitised already: offered at the desk instead of its scan, and to a dossier before a scan."""

import re

import pytest
from playwright.sync_api import Page, expect

from records.record import Record
from tests.api.world import CODE, World
from tests.web.axe import violations
from tests.web.conftest import SignedIn

OWNER = "082190001234"
KIND = "GKS"


@pytest.fixture
def filed(office: World) -> Record:
    """The result of an earlier dossier, filed."""
    record = office.a_record()
    earlier = office.get("clerk", "/api/records", params={"state": "filed"}).json()["items"][0]["dossier"]
    tag, fields = {"code": earlier, "role": "result"}, {"personal_id": OWNER, "issue_date": "2022-01-01"}
    office.confirm(record, document_type=KIND, fields=fields, dossier=tag).raise_for_status()
    office.file(record)
    return record


def at_desk(signed_in: SignedIn, record: Record) -> Page:
    page = signed_in("clerk")
    page.goto(f"/desk/{record.id}")
    page.locator("#paper .field").first.wait_for()
    return page


def reused(office: World) -> list[str]:
    items = office.get("clerk", f"/api/dossiers/{CODE}/reused").json()["items"]
    return [one["reused_from"] for one in items]


def test_one_key_uses_the_filed_paper_again_and_one_takes_that_back(
    signed_in: SignedIn, office: World, filed: Record
) -> None:
    scan = office.waiting(KIND, personal_id=OWNER)
    page = at_desk(signed_in, scan)
    offer = page.locator("#known")
    expect(offer).to_contain_text("có thể đã số hóa")
    expect(offer).to_contain_text("01/01/2022")
    assert violations(page) == []
    page.locator("#dossier").fill(CODE)
    page.keyboard.press("Alt+u")
    page.wait_for_url(re.compile(r"/desk/(?!" + scan.id + ")"))
    assert (reused(office), office.get("clerk", f"/api/records/{scan.id}").json()["state"]) == (
        [filed.id],
        "discarded",
    )
    expect(offer).to_be_hidden()
    page.keyboard.press("Alt+z")
    page.wait_for_url(re.compile(scan.id))
    expect(offer).to_be_visible()
    assert (reused(office), office.get("clerk", f"/api/records/{scan.id}").json()["state"]) == (
        [],
        "classified",
    )


def test_an_id_number_that_a_clerk_corrects_is_looked_for_again(
    signed_in: SignedIn, office: World, filed: Record
) -> None:
    page = at_desk(signed_in, office.waiting(KIND, personal_id="082190001235"))
    expect(page.locator("#known")).to_be_hidden()
    page.locator("#f-personal_id").fill(OWNER)
    page.keyboard.press("Enter")
    page.locator("#dossier").focus()
    expect(page.locator("#known")).to_be_visible()
    page.locator("#f-personal_id").fill("082190001235")
    page.locator("#dossier").focus()
    expect(page.locator("#known")).to_be_hidden()


def test_a_second_scan_of_what_the_dossier_has_is_a_duplicate(
    signed_in: SignedIn, office: World, filed: Record
) -> None:
    scan = office.waiting(KIND, personal_id=OWNER)
    page = at_desk(signed_in, scan)
    page.locator("#dossier").fill(office.get("clerk", f"/api/records/{filed.id}").json()["dossier"])
    page.locator("#type").focus()
    page.get_by_role("button", name="loại vì trùng").click()
    page.wait_for_url(re.compile(r"/desk/(?!" + scan.id + ")"))
    (*_, last) = office.get("clerk", f"/api/records/{scan.id}/history").json()["items"]
    assert (last["action"], last["reason"]) == ("discarded", "duplicate")


def test_a_discarded_paper_comes_back_by_the_key_that_takes_back(signed_in: SignedIn, office: World) -> None:
    scan = office.waiting(KIND)
    page = at_desk(signed_in, scan)
    page.get_by_role("button", name="Loại…").click()
    page.keyboard.press("5")
    page.wait_for_url(re.compile(r"/desk/(?!" + scan.id + ")"))
    page.keyboard.press("Alt+z")
    page.wait_for_url(re.compile(scan.id))
    assert office.get("clerk", f"/api/records/{scan.id}").json()["state"] == "classified"


def test_a_dossier_is_offered_what_its_person_has_filed_elsewhere(
    signed_in: SignedIn, office: World, filed: Record
) -> None:
    case = {"MaTTHC": "1.001193", "DonViXuLy": "P1", "NgayTiepNhan": "2022-03-03T08:15"}
    parts = [
        {"MaThanhPhanHoSo": "TP01", "TenThanhPhanHoSo": "Giấy khai sinh (bản sao)"},
        {"MaThanhPhanHoSo": "TP02"},
    ]
    office.call(
        "administrator", "PUT", f"/api/dossiers/{CODE}", json={**case, "TaiLieuNop": parts}
    ).raise_for_status()
    application = office.waiting("TK", id_no=OWNER)
    tag = {"code": CODE, "role": "component"}
    office.confirm(application, document_type="TK", fields={"id_no": OWNER}, dossier=tag).raise_for_status()
    page = signed_in("clerk")
    page.goto(f"/dossiers/{CODE}")
    expect(page.get_by_role("heading", name="Có thể dùng lại")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name=re.compile("Dùng lại: .*Giấy khai sinh")).click()
    part = page.get_by_role("row", name="TP01").first
    expect(part).to_contain_text("Thôi dùng lại")
    expect(page.get_by_role("heading", name="Có thể dùng lại")).to_be_hidden()
    assert reused(office) == [filed.id]
