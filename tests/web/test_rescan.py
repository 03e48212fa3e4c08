"""A page that a clerk wants scanned again, from the desk to the operator and back."""

from playwright.sync_api import Page, expect

from records.record import Record
from tests.api.world import CODE, World
from tests.web.axe import violations
from tests.web.conftest import SignedIn
from tests.web.sample_office import work
from tests.web.test_batches import paper


def ask(page: Page, record: Record) -> None:
    page.goto(f"/desk/{record.id}")
    page.get_by_role("button", name="Quét lại…").click()
    page.get_by_role("button", name="Bị cắt mép").click()
    expect(page.locator("#messages")).to_contain_text("Đã báo người quét")


def test_who_opens_the_paper_next_is_told_that_a_page_is_awaited(signed_in: SignedIn, office: World) -> None:
    record = office.waiting("QD", place="Mỹ Tho")
    page = signed_in("clerk")
    ask(page, record)
    page.get_by_role("button", name="Bỏ qua").last.click()
    page = signed_in("administrator")
    page.goto(f"/desk/{record.id}")
    awaited = page.locator("#rescans")
    expect(awaited).to_contain_text("Trang 1 chờ quét lại: Bị cắt mép (clerk")
    assert violations(page) == []
    awaited.get_by_role("button", name="Không cần quét lại").click()
    expect(awaited).to_be_empty()
    assert office.get("operator", "/api/rescans").json()["items"] == []


def test_an_operator_whose_screen_is_open_hears_of_it(signed_in: SignedIn, office: World) -> None:
    record = office.waiting("QD", place="Mỹ Tho")
    page = signed_in("operator")
    page.clock.install()
    page.goto("/batches")
    page.locator("#list tbody tr").first.wait_for()
    expect(page.locator("#rescans")).to_be_hidden()
    reason = {"reason": "cut_off"}
    assert office.post("clerk", f"/api/pages/{record.pages[0]}/rescan", reason).status_code == 204
    page.clock.fast_forward(20_000)
    expect(page.locator("#rescan-list")).to_contain_text("Bị cắt mép (clerk")


def test_a_confirmation_is_asked_twice_and_ends_the_request(signed_in: SignedIn, office: World) -> None:
    record = office.waiting("QD", place="Mỹ Tho")
    page = signed_in("clerk")
    ask(page, record)
    page.locator("#dossier").fill(CODE)
    page.locator("#dossier-list [role=option]", has_text=CODE).wait_for()
    for _ in range(3):
        page.keyboard.press("Enter")  # every doubt is looked at
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("đang chờ quét lại")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Đã xác nhận")
    assert office.get("operator", "/api/rescans").json()["items"] == []


def test_a_page_is_replaced_and_what_was_confirmed_before_is_kept(signed_in: SignedIn, office: World) -> None:
    page = signed_in("operator")
    page.locator("#station option").first.wait_for(state="attached")
    page.locator("#files").set_input_files([paper(cut=True)])
    page.locator("#send").click()
    page.wait_for_url("**/batches/*-*")
    batch = page.url.rsplit("/", 1)[1]
    work(office.services)
    (seen,) = office.get("operator", f"/api/batches/{batch}").json()["records"]
    where = f"/api/records/{seen['id']}"
    said = {
        "document_type": "QD",
        "fields": {"place": "Gò Công"},
        "dossier": {"code": CODE, "role": "result"},
    }
    match = {"If-Match": f'"{seen["version"]}"'}
    confirmed = office.call("clerk", "PUT", f"{where}/confirmation", json=said, headers=match).json()
    work(office.services)
    assert confirmed["version"]
    page.reload()
    expect(page.locator(".sheets li")).to_contain_text("cán bộ mở lại trước")
    version = office.get("clerk", where).json()["version"]
    match = {"If-Match": f'"{version}"'}
    reopened = office.post("clerk", f"{where}/reopen", {"reason": "audit"}, headers=match)
    assert reopened.status_code == 200
    page.reload()
    page.locator(".sheets li input[type=file]").set_input_files([paper()])
    expect(page.locator("#messages")).to_contain_text("Đã thay trang", timeout=15_000)
    work(office.services)
    page = signed_in("clerk")
    page.goto(f"/desk/{seen['id']}")
    expect(page.locator("#confirmed")).to_contain_text("clerk đã xác nhận")
    expect(page.locator("#type")).to_have_value("Quyết định (cá biệt)")
    expect(page.locator("#dossier")).to_have_value(CODE)
    expect(page.locator("#f-place")).to_have_value("Gò Công")
