"""Second readings in a real browser: blind, then decided by a third person."""

import pytest
from playwright.sync_api import Page, expect

from records.record import Record
from records.staff import StaffRole
from tests.api.world import CODE, WARD, World, hire
from tests.web.axe import violations
from tests.web.conftest import SignedIn
from tests.web.sample_office import confirm_as_proposed

VALUES = {"place": "Mỹ Tho", "issue_date": "2022-01-15"}


@pytest.fixture
def checked(office: World) -> Record:
    """A confirmed paper of which a second person is to read place and day."""
    for name in ("verifier", "arbiter"):
        office.tokens[name] = hire(office.services, name, StaffRole.CLERK, WARD)
    shares = {"place": 1.0, "issue_date": 1.0}
    assert office.call("administrator", "PATCH", "/api/policy", json={"second": shares}).status_code == 200
    record = office.a_record()
    assert office.confirm(record, fields=VALUES, document_type="QD").status_code == 200
    return record


def answers(signed_in: SignedIn, who: str, value: str) -> Page:
    page = signed_in(who)
    page.goto("/recheck")
    page.get_by_label("Địa danh").fill(value)
    page.get_by_label("Ngày ban hành").fill("17/1/2022")
    return page


def test_a_value_is_read_again_blind_and_the_difference_decided(
    signed_in: SignedIn, office: World, checked: Record
) -> None:
    page = signed_in("verifier")
    page.goto("/verify")
    expect(page.locator("#rechecks")).to_have_text("1")
    page = answers(signed_in, "verifier", "Gò Công")
    assert "Mỹ Tho" not in page.locator("#aside").inner_text()
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#nothing")).to_be_visible()
    page = signed_in("arbiter")
    page.goto("/recheck")
    page.get_by_role("button", name="Gò Công").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Còn 1 ô trống")  # nothing is emptied by a quick hand
    page.get_by_role("button", name="17/01/2022").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Đã sửa 2 giá trị")
    seen = office.get("clerk", f"/api/records/{checked.id}").json()
    assert seen["confirmation"]["fields"] == {"place": "Gò Công", "issue_date": "2022-01-17"}
    assert seen["dossier"] == CODE


def test_the_receipt_is_shown_where_the_dossier_is_asked_and_its_code_is_chosen(
    signed_in: SignedIn, office: World
) -> None:
    office.tokens["verifier"] = hire(office.services, "verifier", StaffRole.CLERK, WARD)
    office.call("administrator", "PATCH", "/api/policy", json={"second": {"dossier": 1.0}}).raise_for_status()
    waiting = office.get("clerk", "/api/records", params={"state": "classified", "limit": 100}).json()[
        "items"
    ]
    paper = next(one for one in waiting if one["dossier"])
    confirm_as_proposed(office, paper["id"])
    page = signed_in("verifier")
    page.goto("/recheck")
    dossier = page.locator("#f-dossier")
    assert paper["dossier"] not in page.locator("#aside").inner_text()
    expect(page.locator("#aside")).to_contain_text(f"giấy tiếp nhận, trang {paper['page_count'] + 1}")
    expect(page.locator("#strip li").nth(paper["page_count"])).to_be_visible()
    dossier.fill(paper["dossier"][-11:])
    page.locator("#f-dossier-list [role=option]", has_text=paper["dossier"]).wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Đã ghi nhận")
    expect(page.locator("#nothing")).to_be_visible()
    assert office.get("verifier", "/api/reviews/blind").json() == {"blind": 0, "disputes": 0}


def test_a_paper_that_somebody_else_has_read_meanwhile_gives_way_to_the_next(
    signed_in: SignedIn, office: World, checked: Record
) -> None:
    page = answers(signed_in, "verifier", "Gò Công")
    office.call("verifier", "DELETE", f"/api/records/{checked.id}/lease")
    fields = {**VALUES}
    office.call(
        "arbiter", "PUT", f"/api/reviews/blind/{checked.id}", json={"fields": fields}
    ).raise_for_status()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#problem [role=alert]")).to_be_visible()
    page.keyboard.press("Enter")  # on "next"
    expect(page.locator("#nothing")).to_be_visible()
