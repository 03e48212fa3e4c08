"""The touch screen in the hall: by fingers, by a reader that types, and clean for the next person."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from api.pace import Pace
from tests.api.world import CODE, World
from tests.web.axe import violations

OLD_FORM = "000.00.30.H58-220303-0012"
# What a browser is told of one key: as an input method in Windows tells it, as the Vietnamese layout does, and as
# programs do that put signs in the place of keys (Telex: the s of "mahs" is a tone).
PRESS = """keys => { for (const [key, code] of keys) {
  const pressed = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true });
  (document.activeElement ?? document.body).dispatchEvent(pressed);
} }"""


@pytest.fixture
def kiosk(browser: Browser, office: World) -> Iterator[Page]:
    """A touch screen without a keyboard and without a mouse."""
    context = browser.new_context(
        base_url=str(office.client.base_url),
        viewport={"width": 1024, "height": 768},
        has_touch=True,
        is_mobile=True,
        timezone_id="Pacific/Honolulu",  # nobody has set its clock
    )
    page = context.new_page()
    page.goto("/look-up")
    yield page
    context.close()


@pytest.fixture
def screen(visitor: BrowserContext) -> Page:
    page = visitor.new_page()
    page.goto("/look-up")
    return page


def scan(page: Page, text: str, end: str = "Enter") -> None:
    """As a reader does: sign after sign at once, then the key that ends a code."""
    page.evaluate(PRESS, [*((sign, "") for sign in text), (end, end)])


def answered(page: Page) -> None:
    expect(page.get_by_role("heading", name=CODE)).to_be_visible()


@pytest.mark.parametrize(
    "printed",
    [
        CODE,
        CODE.lower(),
        f"https://dichvucong.example/tracuu?mahs={CODE}",
        f"https://dichvucong.example/tracuu?mahs={CODE}".swapcase(),
        f"*{CODE}*",
    ],
    ids=["code", "caps lock", "address", "address, caps lock", "with start and stop"],
)
def test_a_reader_that_types_shows_how_far_the_dossier_is(screen: Page, printed: str) -> None:
    scan(screen, printed)
    answered(screen)
    expect(screen.get_by_text("Đang giải quyết")).to_be_visible()
    assert violations(screen) == []
    screen.get_by_role("button", name="Tra hồ sơ khác").click()
    expect(screen.get_by_label("Mã hồ sơ trên giấy tiếp nhận")).to_have_value("")
    expect(screen.locator("#answer")).to_be_empty()


def test_keys_of_a_keyboard_do_what_a_reader_does(screen: Page) -> None:
    screen.keyboard.type(CODE)
    screen.keyboard.press("Enter")
    answered(screen)


def test_a_reader_is_heard_wherever_the_focus_is(screen: Page) -> None:
    screen.get_by_role("link", name="English").focus()
    scan(screen, CODE)
    answered(screen)
    screen.get_by_role("button", name="Tra hồ sơ khác").focus()
    scan(screen, OLD_FORM)
    expect(screen.get_by_role("alert")).to_contain_text("Không có hồ sơ mang mã này")
    expect(screen.get_by_text("Đang giải quyết")).to_be_hidden()


@pytest.mark.parametrize("ends", [("Tab",), ("Enter", "Enter"), ("Enter", "Tab")])
def test_readers_end_a_code_in_many_ways(screen: Page, ends: tuple[str, ...]) -> None:
    screen.evaluate(PRESS, [*((sign, "") for sign in CODE), *((end, end) for end in ends)])
    answered(screen)


def test_what_somebody_left_in_the_field_does_not_spoil_the_next_code(screen: Page) -> None:
    screen.get_by_role("button", name="H", exact=True).click()
    screen.wait_for_timeout(150)  # no reader is so slow
    scan(screen, CODE)
    answered(screen)


def test_telex_and_a_vietnamese_keyboard_do_not_change_a_code(screen: Page) -> None:
    field = screen.get_by_label("Mã hồ sơ trên giấy tiếp nhận")
    by_method = [("Process", "KeyH"), ("Process", "Digit5"), ("Process", "Minus"), ("Process", "Period")]
    by_layout = [("ă", "Digit1"), ("đ", "Digit0"), ("\u0309", "Digit6"), ("đ", "")]
    by_program = [("a", ""), ("Backspace", "Backspace"), ("á", "")]
    screen.evaluate(PRESS, [*by_method, *by_layout, *by_program])
    expect(field).to_have_value("H5-.106DA")
    assert field.evaluate(
        "field => field.readOnly"
    )  # no input method composes there, and none offers what was typed before


def test_it_works_by_fingers_alone_and_says_what_is_wrong_with_a_code(kiosk: Page) -> None:
    for key in "H58":
        kiosk.get_by_role("button", name=key, exact=True).tap()
    kiosk.get_by_role("button", name="Xem").tap()
    expect(kiosk.get_by_role("alert")).to_contain_text("chưa phải là mã hồ sơ")
    assert violations(kiosk) == []
    for key in ".30-220303-0013":  # what was typed is mended, not typed anew
        kiosk.get_by_role("button", name=key, exact=True).tap()
    expect(kiosk.get_by_role("alert")).to_have_count(0)
    kiosk.get_by_role("button", name="Xóa lùi").tap()
    kiosk.get_by_role("button", name="2", exact=True).tap()
    kiosk.get_by_role("button", name="Xem").tap()
    answered(kiosk)
    expect(kiosk.get_by_text("01/03/2022")).to_be_visible()


def test_a_key_is_as_large_as_a_fingertip(kiosk: Page) -> None:
    for width, height in ((1024, 768), (1366, 768), (768, 1024)):
        kiosk.set_viewport_size({"width": width, "height": height})
        for button in kiosk.locator("#ask button").all():
            box = button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 60
        assert kiosk.evaluate("document.documentElement.scrollHeight <= innerHeight"), "nothing to scroll for"


def test_it_forgets_what_nobody_looks_at_any_more(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.clock.install()
    page.goto("/look-up")
    scan(page, CODE)
    answered(page)
    page.clock.run_for(35_000)
    expect(page.get_by_text("Màn hình tự xóa sau")).to_be_visible()
    page.mouse.click(5, 300)
    page.clock.run_for(35_000)  # a touch keeps it
    answered(page)
    page.clock.run_for(20_000)
    expect(page.get_by_label("Mã hồ sơ trên giấy tiếp nhận")).to_have_value("")
    expect(page.locator("#answer")).to_be_empty()


def test_the_next_person_finds_it_in_vietnamese(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.clock.install()
    page.goto("/look-up?lang=en")
    expect(page.get_by_label("The code on your receipt")).to_be_visible()
    page.clock.run_for(50_000)
    expect(page.get_by_label("Mã hồ sơ trên giấy tiếp nhận")).to_be_visible()


def test_neither_the_way_back_nor_the_address_nor_the_log_tells_of_anybody(
    screen: Page, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        scan(screen, CODE)
        answered(screen)
        scan(screen, OLD_FORM)
        expect(screen.get_by_role("alert")).to_be_visible()
    assert screen.url.endswith("/look-up")
    told = " ".join(str(record.__dict__) for record in caplog.records)
    assert CODE not in told
    assert OLD_FORM not in told
    scan(screen, CODE)
    answered(screen)
    screen.goto("/look-up?lang=en")
    screen.go_back()
    expect(screen.locator("#code")).to_have_value("")
    expect(screen.locator("#answer")).to_be_empty()
    assert screen.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_no_way_leads_out_of_it(kiosk: Page) -> None:
    kiosk.get_by_role("link", name="sohoa").tap()
    expect(kiosk.get_by_label("Mã hồ sơ trên giấy tiếp nhận")).to_be_visible()


def test_when_many_ask_it_says_how_long_to_wait_and_then_asks_by_itself(screen: Page, office: World) -> None:
    state = office.app.state
    state.api = replace(state.api, pace=Pace(per_minute=20, at_once=1))
    scan(screen, OLD_FORM)
    expect(screen.get_by_role("alert")).to_contain_text("Không có hồ sơ")
    screen.evaluate("document.querySelector('#keys button:last-child').click()")
    scan(screen, CODE)
    expect(screen.get_by_role("alert")).to_contain_text("Máy sẽ tự tra lại sau")
    assert violations(screen) == []
    answered(screen)


def test_a_server_that_is_away_or_slow_is_said_in_plain_words(screen: Page) -> None:
    held: list[Route] = []
    screen.route("**/api/look-up", lambda route: held.append(route))
    scan(screen, CODE)
    expect(screen.get_by_text("Máy chủ trả lời chậm")).to_be_visible()
    assert violations(screen) == []
    held[0].abort("internetdisconnected")
    expect(screen.get_by_role("alert")).to_contain_text("chưa nối được với máy chủ")
    screen.unroute("**/api/look-up")
    screen.route(
        "**/api/look-up", lambda route: route.fulfill(status=503, json={"code": "database_unavailable"})
    )
    screen.get_by_role("button", name="Thử lại").click()
    expect(screen.get_by_role("alert")).to_contain_text("Hiện chưa tra cứu được")
    screen.unroute("**/api/look-up")
    screen.get_by_role("button", name="Thử lại").click()
    answered(screen)


def test_a_late_answer_is_not_shown_to_the_next_person(screen: Page) -> None:
    held: list[Route] = []
    screen.route("**/api/look-up", lambda route: route.continue_() if held else held.append(route))
    scan(screen, CODE)
    expect(screen.get_by_text("Đang tra cứu")).to_be_visible()
    screen.get_by_role("button", name="Xóa hết").click()
    scan(screen, OLD_FORM)
    expect(screen.get_by_role("alert")).to_contain_text("Không có hồ sơ")
    held[0].continue_()
    screen.wait_for_timeout(300)
    expect(screen.get_by_role("alert")).to_be_visible()
    expect(screen.get_by_role("heading", name=CODE)).to_have_count(0)
