"""A clerk who is interrupted: another person, another version, a line that is down. What was typed is never lost."""

import pytest
from playwright.sync_api import Page, Route, expect

from records.record import Record
from tests.api.world import CODE, World
from tests.web.axe import violations
from tests.web.conftest import SignedIn
from tests.web.sample_office import work

TYPED = "Gò Công"


@pytest.fixture
def record(office: World) -> Record:
    return office.waiting("QD", place="Mỹ Tho")


@pytest.fixture
def desk(signed_in: SignedIn, record: Record) -> Page:
    """A clerk who has typed a place and a dossier into a paper."""
    page = signed_in("clerk")
    page.goto(f"/desk/{record.id}")
    page.locator("#f-place").fill(TYPED)
    page.locator("#dossier").fill(CODE)
    page.locator("#dossier-list [role=option]", has_text=CODE).wait_for()
    page.keyboard.press("Enter")
    return page


def taken_over(office: World, record: Record) -> None:
    """The lease has run out, and somebody else has opened the paper."""
    office.call("clerk", "DELETE", f"/api/records/{record.id}/lease")
    assert office.post("administrator", f"/api/records/{record.id}/lease").status_code == 200


def changed(office: World, record: Record) -> None:
    """The operator has chosen another dossier meanwhile."""
    other = office.get("clerk", "/api/dossiers", params={"limit": 1}).json()["items"][0]["code"]
    match = {"If-Match": f'"{record.version}"'}
    path = f"/api/records/{record.id}/dossier"
    answer = office.call("operator", "PUT", path, json={"code": other}, headers=match)
    assert answer.status_code == 200, answer.text


def confirm(page: Page) -> None:
    """Also what is still doubtful."""
    page.locator("#f-place").focus()
    confirm_twice(page)


def confirm_twice(page: Page) -> None:
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")


def confirmed(office: World, record: Record) -> dict[str, str]:
    seen = office.get("clerk", f"/api/records/{record.id}").json()
    assert seen["state"] in ("confirmed", "filed")
    return dict(seen["confirmation"]["fields"])


def test_what_was_typed_stands_in_the_newer_version(desk: Page, office: World, record: Record) -> None:
    changed(office, record)
    confirm(desk)
    alert = desk.locator("#problem [role=alert]")
    expect(alert).to_contain_text("operator")
    expect(alert).to_contain_text("Chọn hồ sơ")
    assert violations(desk) == []
    desk.get_by_role("button", name="Tải bản mới").click()
    expect(desk.locator("#messages")).to_contain_text("đã đặt lại vào ô")
    expect(desk.locator("#dossier")).to_have_value(CODE)
    confirm(desk)
    expect(desk.locator("#messages")).to_contain_text("Đã xác nhận")
    assert confirmed(office, record)["place"] == TYPED


def test_a_paper_that_is_read_again_opens_by_itself_with_what_was_typed(
    signed_in: SignedIn, office: World
) -> None:
    page = signed_in("clerk")
    page.goto("/desk")
    field = page.locator("#f-place")
    field.fill(TYPED)
    record = page.url.split("?")[0].rsplit("/", 1)[1]
    seen = office.get("clerk", f"/api/records/{record}").json()
    office.call("clerk", "DELETE", f"/api/records/{record}/lease")
    body, match = {"page": seen["pages"][0], "rotation": 90}, {"If-Match": f'"{seen["version"]}"'}
    assert (
        office.post("administrator", f"/api/records/{record}/rotate", body, headers=match).status_code == 200
    )
    office.call("administrator", "DELETE", f"/api/records/{record}/lease")
    field.focus()
    confirm_twice(page)
    page.get_by_role("button", name="Tải bản mới").click()
    expect(page.locator("#problem")).to_contain_text("Máy đang đọc lại")
    work(office.services)
    expect(page.locator("#messages")).to_contain_text("đã đặt lại vào ô")
    expect(field).to_have_value(TYPED)


def test_what_was_typed_is_listed_where_the_paper_is_confirmed_already(
    desk: Page, office: World, record: Record
) -> None:
    office.call("clerk", "DELETE", f"/api/records/{record.id}/lease")
    assert office.confirm(record, who="administrator", fields={"place": "Mỹ Tho"}).status_code == 200
    confirm(desk)
    desk.get_by_role("button", name="Tải bản mới").click()
    expect(desk.locator("#problem .typed")).to_contain_text(TYPED)
    expect(desk.locator("#problem .typed")).to_contain_text(CODE)
    assert violations(desk) == []
    assert confirmed(office, record)["place"] == "Mỹ Tho"


def test_a_paper_that_another_has_taken_over_is_taken_back_with_what_was_typed(
    desk: Page, office: World, record: Record
) -> None:
    taken_over(office, record)
    confirm(desk)
    expect(desk.locator("#problem [role=alert]")).to_contain_text("Đang giữ: administrator")
    assert violations(desk) == []
    back = desk.get_by_role("button", name="Lấy lại giấy tờ này")
    back.click()
    expect(desk.locator("#problem [role=alert]")).to_contain_text("Đang giữ: administrator")  # still
    office.call("administrator", "DELETE", f"/api/records/{record.id}/lease")
    back.click()
    expect(desk.locator("#messages")).to_contain_text("đã đặt lại vào ô")
    confirm(desk)
    expect(desk.locator("#messages")).to_contain_text("Đã xác nhận")
    assert confirmed(office, record)["place"] == TYPED


def test_a_confirmation_whose_answer_was_lost_is_sent_again_by_the_same_keys(
    desk: Page, office: World, record: Record
) -> None:
    def answer_is_lost(route: Route) -> None:
        route.fetch()
        route.abort()

    desk.route("**/confirmation", answer_is_lost, times=1)
    confirm(desk)
    expect(desk.locator("#messages")).to_contain_text("Không nối được với máy chủ")
    assert confirmed(office, record)["place"] == TYPED
    expect(desk.locator("#f-place")).to_have_value(TYPED)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#messages")).to_contain_text("Đã xác nhận")
    history = office.get("clerk", f"/api/records/{record.id}/history").json()["items"]
    assert [one["action"] for one in history].count("confirmed") == 1
