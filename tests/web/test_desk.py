"""The clerk's desk in a real browser: by keyboard alone, with what is doubtful first, and nothing overwritten."""

import re

import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.api.world import CODE, World
from tests.web.axe import violations
from tests.web.conftest import SignedIn
from tests.web.sample_office import work


def at_desk(signed_in: SignedIn, query: str = "") -> Page:
    """A clerk before the first paper that waits."""
    page = signed_in("clerk")
    page.goto(f"/desk{query}")
    page.locator("#paper .field").first.wait_for()
    return page


def record_of(page: Page) -> str:
    return page.url.split("?")[0].rsplit("/", 1)[1]


def settle(page: Page) -> None:
    """Enter until nothing is doubtful; a paper without dossier gets the one that is offered or is skipped."""
    for _ in range(20):
        if page.evaluate("document.activeElement.id") == "confirm":
            return
        page.keyboard.press("Enter")


def test_a_paper_is_confirmed_by_keyboard_and_the_next_one_opens(signed_in: SignedIn, office: World) -> None:
    page = at_desk(signed_in)
    first = record_of(page)
    settle(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/desk/(?!" + first + ")"))
    seen = office.get("clerk", f"/api/records/{first}").json()
    assert seen["state"] in ("confirmed", "filed")
    assert seen["confirmation"]["document_type"] == seen["document_type"]
    assert record_of(page) != first
    page.locator("#sheet > img").wait_for()
    assert page.evaluate("document.activeElement.closest('#aside') !== null")  # and not on the page's body


def test_the_next_paper_is_held_while_this_one_is_read(signed_in: SignedIn, office: World) -> None:
    page = signed_in("clerk")
    with page.expect_response(lambda answer: "/reviews/next" in answer.url and _skips(answer)) as ahead:
        page.goto("/desk")
    following = ahead.value.json()["record"]["id"]
    first = record_of(page)
    lease = office.get("auditor", f"/api/records/{following}/lease").json()
    assert (lease["holder_name"], following != first) == ("clerk", True)
    page.route("**/api/reviews/next", lambda route: route.abort())  # nothing more can be asked
    settle(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/desk/{following}*")
    page.goto("/verify")
    assert office.get("auditor", f"/api/records/{following}/lease").status_code == 404


def test_nothing_is_loaded_ahead_before_the_image_on_the_desk_has_come(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    asked: list[str] = []
    held: list[Route] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(re.compile(r"/image\?width=\d{3,4}&"), lambda route: held.append(route))
    with page.expect_request(re.compile("/image")):
        page.goto("/desk")
    page.locator("#paper .field").first.wait_for()
    assert (len(held), sum("/reviews/next" in url for url in asked)) == (1, 1)
    with page.expect_response(lambda answer: "/reviews/next" in answer.url and _skips(answer)):
        held.pop().continue_()


def _skips(answer: Response) -> bool:
    return bool((answer.request.post_data_json or {}).get("skip"))


def test_a_confirmed_paper_is_not_confirmed_again_when_the_next_one_cannot_be_had(
    signed_in: SignedIn,
) -> None:
    page = signed_in("clerk")
    asked: list[Route] = []

    def first_only(route: Route) -> None:
        asked.append(route)
        if len(asked) == 1:
            route.continue_()
        else:
            route.abort()

    page.route("**/api/reviews/next", first_only)
    page.goto("/desk")
    page.locator("#paper .field").first.wait_for()
    first = record_of(page)
    settle(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#problem [role=alert]")).to_be_visible()
    expect(page.locator("#confirm")).to_be_hidden()
    page.unroute("**/api/reviews/next")
    page.keyboard.press("Enter")  # on "try again"
    page.wait_for_url(re.compile(r"/desk/(?!" + first + ")"))
    expect(page.locator("#confirm")).to_be_visible()


def test_the_first_doubt_has_the_focus_and_the_next_one_is_a_tab_away(
    signed_in: SignedIn, office: World
) -> None:
    record = office.waiting("QD", place="Mỹ Tho")  # neither type nor dossier is sure
    page = signed_in("clerk")
    page.goto(f"/desk/{record.id}")
    expect(page.locator("#type")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#dossier")).to_be_focused()
    expect(page.locator("#sheet > img")).to_be_visible()


def test_a_focused_field_scrolls_its_print_into_view(signed_in: SignedIn, office: World) -> None:
    page = at_desk(signed_in)
    fields = office.get("clerk", f"/api/records/{record_of(page)}").json()["fields"]
    with_box = [field["name"] for field in fields if field["box"] and field["value"]]
    page.locator(f"#f-{with_box[-1]}").focus()
    mark = page.locator("#marks .mark")
    expect(mark).to_be_visible()
    page.wait_for_timeout(400)
    place, pane = mark.bounding_box(), page.locator("#viewport").bounding_box()
    assert place and pane
    middle = place["y"] + place["height"] / 2
    assert pane["y"] <= middle <= pane["y"] + pane["height"]


def test_an_expected_value_that_was_not_read_is_a_doubt_and_its_usual_place_is_shown(
    signed_in: SignedIn,
) -> None:
    page = signed_in("clerk")
    page.route(re.compile("/api/records/.*/desk"), _without_title)
    page.goto("/desk")
    title = page.locator("#f-signer_title")
    title.wait_for()
    expect(page.locator("#f-signer_title-note")).to_contain_text("máy chưa đọc được")
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "f-signer_title":
            break
        page.keyboard.press("Tab")
    expect(title).to_be_focused()
    expect(page.locator("#marks .mark.guessed")).to_be_visible()


def _without_title(route: Route) -> None:
    """The paper as it would be had its signer's title not been read."""
    answer = route.fetch()
    seen = answer.json()
    nothing = {"value": None, "confidence": 0.6, "page": None, "box": None, "raw": None, "normalised": None}
    fields = [one for one in seen["record"]["fields"] if one["name"] != "signer_title"]
    seen["record"]["fields"] = [*fields, {"name": "signer_title", "found_by": "nothing_found", **nothing}]
    seen["record"]["review_reasons"] = ["field_missing:signer_title"]
    aids = [one for one in seen["aids"] if one["name"] != "signer_title"]
    place = {"page": 1, "box": [700, 1500, 1600, 2100]}
    aid = {"name": "signer_title", "doubtful": [], "candidates": [], "place": place}
    seen["aids"] = [*aids, aid]
    route.fulfill(response=answer, json=seen)


def test_a_confirmation_is_taken_back_with_one_key(signed_in: SignedIn, office: World) -> None:
    page = at_desk(signed_in)
    first = record_of(page)
    settle(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/desk/(?!" + first + ")"))
    page.keyboard.press("Alt+z")
    page.wait_for_url(re.compile(first))
    assert office.get("clerk", f"/api/records/{first}").json()["state"] == "classified"


def test_what_somebody_else_changed_is_said_and_not_overwritten(signed_in: SignedIn, office: World) -> None:
    page = at_desk(signed_in)
    record = record_of(page)
    office.call("clerk", "DELETE", f"/api/records/{record}/lease")
    seen = office.get("administrator", f"/api/records/{record}").json()
    match = {"If-Match": f'"{seen["version"]}"'}
    discard = f"/api/records/{record}/discard"
    assert office.post("administrator", discard, {"reason": "blank"}, headers=match).status_code == 200
    settle(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#problem [role=alert]")).to_be_visible()
    assert office.get("clerk", f"/api/records/{record}").json()["state"] == "discarded"


def test_a_paper_that_another_clerk_has_is_shown_but_not_changed(signed_in: SignedIn, office: World) -> None:
    page = at_desk(signed_in)
    record = record_of(page)
    office.call("clerk", "DELETE", f"/api/records/{record}/lease")
    assert office.post("administrator", f"/api/records/{record}/lease").status_code == 200
    page.goto(f"/desk/{record}")
    expect(page.locator("#problem [role=alert]")).to_be_visible()
    for control in ("confirm", "skip", "discard", "arrange", "rescan"):
        expect(page.locator(f"#{control}")).to_be_hidden()


def test_a_paper_without_a_dossier_asks_for_it_at_once(signed_in: SignedIn, office: World) -> None:
    page = signed_in("clerk")
    page.goto(f"/desk/{office.waiting('QD').id}")
    page.locator("#paper .field").first.wait_for()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("chưa biết hồ sơ")
    expect(page.locator("#dossier")).to_be_focused()


def test_the_queue_names_each_kind_of_doubt_once(signed_in: SignedIn, office: World) -> None:
    page = signed_in("clerk")

    def doubtful(route: Route) -> None:
        answer = route.fetch()
        seen = answer.json()
        seen["items"][0]["review_reasons"] = [
            "field_unsure:subject", "unreadable_page", "field_unsure:place", "quality:skewed"
        ]  # fmt: skip
        route.fulfill(response=answer, json=seen)

    page.route("**/api/reviews", doubtful)
    page.goto("/verify")
    row = page.locator("#list tbody tr").first
    expect(row).to_contain_text(
        "chưa chắc: Trích yếu; Địa danh · có trang không đọc được · bản quét: bị nghiêng"
    )


def test_unseen_doubts_are_named_before_a_paper_is_confirmed(signed_in: SignedIn, office: World) -> None:
    record = office.waiting("QD", place="Mỹ Tho")
    page = signed_in("clerk")
    page.goto(f"/desk/{record.id}")
    page.locator("#dossier").fill(CODE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("chỗ chưa xem")
    assert office.get("clerk", f"/api/records/{record.id}").json()["state"] == "classified"


def test_a_typed_value_stands_beside_what_the_machine_read(signed_in: SignedIn, office: World) -> None:
    page = at_desk(signed_in)
    fields = office.get("clerk", f"/api/records/{record_of(page)}").json()["fields"]
    name, read = next((f["name"], f["value"]) for f in fields if f["value"] and f["name"] != "issue_date")
    page.locator(f"#f-{name}").fill("Ủy ban nhân dân")
    expect(page.locator(f"#f-{name}-note")).to_contain_text(read)


def test_the_type_is_chosen_by_a_few_letters_without_tone_marks(signed_in: SignedIn) -> None:
    page = at_desk(signed_in)
    page.locator("#type").fill("giay khai si")
    expect(page.locator("#type-list [aria-selected=true]")).to_contain_text("Giấy khai sinh")
    page.keyboard.press("Enter")
    expect(page.locator("#type")).to_have_value("Giấy khai sinh")


def test_a_type_that_was_typed_and_not_chosen_is_not_confirmed(signed_in: SignedIn, office: World) -> None:
    record = office.waiting("QD", place="Mỹ Tho")
    page = signed_in("clerk")
    page.goto(f"/desk/{record.id}")
    page.locator("#dossier").fill(CODE)
    page.locator("#type").fill("giay khai si")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Chọn loại giấy tờ trong danh sách")
    expect(page.locator("#type")).to_be_focused()
    assert office.get("clerk", f"/api/records/{record.id}").json()["state"] == "classified"


def test_the_dossier_is_chosen_by_its_owner(signed_in: SignedIn, office: World) -> None:
    page = at_desk(signed_in)
    dossiers = office.get("clerk", "/api/dossiers", params={"limit": 50}).json()["items"]
    code = dossiers[-1]["code"]
    page.locator("#dossier").fill(code[-11:])
    option = page.locator("#dossier-list [role=option]").first
    expect(option).to_contain_text(code)
    page.keyboard.press("Enter")
    expect(page.locator("#dossier")).to_have_value(code)


def test_a_rectangle_on_the_image_is_read_into_the_field(signed_in: SignedIn) -> None:
    page = at_desk(signed_in)
    field = page.locator("#paper textarea").first
    field.focus()
    page.locator("#sheet > img").wait_for()
    page.wait_for_timeout(400)
    pane = page.locator("#viewport").bounding_box()
    assert pane
    page.route(
        "**/region", lambda route: route.fulfill(json={"text": "Lê Thị Bưởi", "words": [], "engine": "x"})
    )
    with page.expect_request("**/region") as asked:
        page.mouse.move(pane["x"] + 100, pane["y"] + 100)
        page.mouse.down()
        page.mouse.move(pane["x"] + 300, pane["y"] + 160, steps=4)
        page.mouse.up()
    sent = asked.value.post_data_json
    assert sent
    box = sent["box"]
    assert box[0] < box[2] and box[1] < box[3]
    expect(field).to_have_value("Lê Thị Bưởi")


def test_papers_are_joined_sorted_and_parted_in_one_step_and_taken_back(
    signed_in: SignedIn, office: World
) -> None:
    page = at_desk(signed_in)
    record = record_of(page)
    own = office.get("clerk", f"/api/records/{record}").json()["pages"]
    page.get_by_role("button", name="Sắp trang…").click()
    page.locator(".join input[type=checkbox]").first.check()
    pages = page.locator(".arrange li")
    expect(pages.nth(len(own))).to_be_visible()  # what is joined is seen before it is saved
    other = pages.nth(len(own)).get_attribute("data-page")
    for _ in own:
        page.locator(f"[data-page='{other}'] button").first.click()  # to the front
    page.locator(f"[data-page='{own[0]}'] input[type=checkbox]").check()
    assert violations(page) == []
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#problem")).to_contain_text("Máy đang đọc lại")
    work(office.services)
    expect(page.locator("#confirm")).to_be_visible()
    assert record_of(page) == record
    assert office.get("clerk", f"/api/records/{record}").json()["pages"][0] == own[0]
    page.locator("#type").focus()
    with page.expect_response("**/arrangement"):
        page.keyboard.press("Alt+z")
    expect(page.locator("#messages")).to_contain_text("Đang đặt các trang về chỗ cũ")
    work(office.services)
    expect(page.locator("#messages")).to_contain_text("Đã hoàn tác")
    assert office.get("clerk", f"/api/records/{record}").json()["pages"] == own


def test_a_page_of_a_long_paper_goes_to_any_place_at_once(signed_in: SignedIn, office: World) -> None:
    (record,) = office.read(office.send(b"%PDF-1.7 long"), pages=12)
    page = signed_in("clerk")
    page.goto(f"/desk/{record.id}")
    page.get_by_role("button", name="Sắp trang…").click()
    page.get_by_label("Vị trí: Trang 12").fill("2")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Vị trí: Trang 12")).to_have_value("2")
    assert violations(page) == []
    with page.expect_response("**/arrangement"):
        page.get_by_role("button", name="Lưu").click()
    first, *middle, last = record.pages
    assert office.get("clerk", f"/api/records/{record.id}").json()["pages"] == [first, last, *middle]


def test_who_leafs_finds_the_page_behind_loaded(signed_in: SignedIn, office: World) -> None:
    (record,) = office.read(office.send(b"%PDF-1.7 long"), pages=12)
    page = signed_in("clerk")
    page.goto(f"/desk/{record.id}")
    page.locator("#paper .field").first.wait_for()
    with page.expect_request(re.compile(f"{record.pages[2]}/image.width=(?!120)")):
        page.keyboard.press("PageDown")
    expect(page.locator("#sheet")).to_have_attribute("aria-label", "Trang 2 trên 12")


def test_a_clerk_asks_for_a_page_to_be_scanned_again(signed_in: SignedIn, office: World) -> None:
    page = at_desk(signed_in)
    page.get_by_role("button", name="Quét lại…").click()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Bị mờ").click()
    expect(page.locator("#messages")).to_contain_text("Đã báo người quét")
    (asked,) = office.get("operator", "/api/rescans").json()["items"]
    assert (asked["reason"], asked["asked_by"]) == ("blurred", "clerk")


def test_an_auditor_sees_a_paper_and_cannot_change_it(signed_in: SignedIn, office: World) -> None:
    filed = office.get("auditor", "/api/records", params={"state": "filed"}).json()["items"][0]["id"]
    page = signed_in("auditor")
    page.goto(f"/desk/{filed}")
    expect(page.locator("#confirmed")).to_contain_text("clerk")
    expect(page.locator("#confirm")).to_be_hidden()
    expect(page.locator("#pdf")).to_be_visible()
    assert page.locator("#paper textarea:not([readonly])").count() == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_on_the_desk_and_in_the_queue(signed_in: SignedIn, language: str) -> None:
    page = signed_in("clerk")
    page.goto(f"/verify?lang={language}")
    page.locator("#list table").wait_for()
    assert violations(page) == []
    page.goto("/desk?order=most_doubt")
    page.locator("#paper .field").first.wait_for()
    page.locator("#sheet > img").wait_for()
    assert violations(page) == []
    page.keyboard.press("F1")
    assert violations(page) == []
