"""Second readings in a real browser: blind, then decided by a third person."""

import pytest
from playwright.sync_api import Page, expect

from records.record import Record
from records.staff import StaffRole
from tests.api.world import CODE, WARD, World, hire
from tests.web.axe import violations
from tests.web.conftest import SignedIn


@pytest.fixture
def checked(office: World) -> Record:
    """A confirmed paper of which a second person is to read the place."""
    for name in ("verifier", "arbiter"):
        office.tokens[name] = hire(office.services, name, StaffRole.CLERK, WARD)
    shares = {"place": 1.0}
    assert office.call("administrator", "PATCH", "/api/policy", json={"second": shares}).status_code == 200
    record = office.a_record()
    assert office.confirm(record, fields={"place": "Mỹ Tho"}, document_type="QD").status_code == 200
    return record


def answers(signed_in: SignedIn, who: str, value: str) -> Page:
    page = signed_in(who)
    page.goto("/recheck")
    page.get_by_label("Địa danh").fill(value)
    return page


def test_a_value_is_read_again_blind_and_the_difference_decided(
    signed_in: SignedIn, office: World, checked: Record
) -> None:
    page = answers(signed_in, "verifier", "Gò Công")
    assert "Mỹ Tho" not in page.locator("#aside").inner_text()
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#nothing")).to_be_visible()
    page = signed_in("arbiter")
    page.goto("/recheck")
    page.get_by_role("button", name="Gò Công").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Đã sửa 1 giá trị")
    seen = office.get("clerk", f"/api/records/{checked.id}").json()
    assert seen["confirmation"]["fields"]["place"] == "Gò Công"
    assert seen["dossier"] == CODE
