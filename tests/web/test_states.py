"""Screens when there is nothing, when the server fails, on paper, and on a small touch screen."""

from playwright.sync_api import Page, expect

from tests.api.world import CODE, World
from tests.web.axe import violations
from tests.web.conftest import SignedIn

SCREENS = (
    "/coverage?from=2021-12-16&to=2022-11-30",
    "/worklists",
    f"/dossiers/{CODE}",
    "/stations",
    "/policy",
)
NARROW = """() => document.documentElement.scrollWidth - innerWidth"""
SMALL = """least => [...document.querySelectorAll("a, button, input, select, summary")].filter(node => {
  const { width, height } = node.getBoundingClientRect();
  return width && height && !node.closest(".unseen, .skip") && (width < least || height < least);
}).map(node => `${node.tagName} ${node.textContent} ${node.id}`)"""


ASKING = (
    *SCREENS,
    "/desk",
    "/recheck",
    "/verify",
    "/batches",
    "/reports",
    "/reconciliation",
    "/audit",
    "/accounts",
)


def settled(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")


def test_what_failed_is_said_and_can_be_tried_again(signed_in: SignedIn) -> None:
    page = signed_in("administrator")
    page.route("**/api/**", lambda route: route.fulfill(status=503, json={"code": "database_unavailable"}))
    for path in (*ASKING, SCREENS[-1]):
        settled(page, path)
        expect(page.get_by_role("alert").first).to_be_visible()
        assert violations(page) == []
        expect(page.get_by_role("button", name="Thử lại").first).to_be_visible()
    page.unroute("**/api/**")
    page.locator("#indicators").get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Tỷ lệ hồ sơ nộp trực tuyến")).to_be_visible()


def test_what_is_waited_for_is_said_on_every_screen(signed_in: SignedIn) -> None:
    page = signed_in("administrator")
    page.route("**/api/**", lambda route: None)  # never answers
    for path in ASKING:
        page.goto(path)
        expect(page.get_by_text("Đang tải…").first).to_be_visible()
        assert violations(page) == []


def test_codes_of_machines_are_shown_as_words(signed_in: SignedIn, office: World) -> None:
    page = signed_in("administrator")
    settled(page, "/audit")
    done = page.locator("#list tbody td:nth-child(4)").all_inner_texts()
    assert {"Thêm tài khoản", "Xác nhận"} & set(done)
    assert [text for text in done if "." in text or "_" in text] == []
    settled(page, "/batches")
    expect(page.locator("#list tbody td").filter(has_text="Phường 1").first).to_be_visible()
    case = {"MaTTHC": "1.001193", "DonViXuLy": "P1", "NgayTiepNhan": "2022-03-03T08:15", "TrangThaiHoSo": "4"}
    office.call("administrator", "PUT", f"/api/dossiers/{CODE}", json=case).raise_for_status()
    settled(page, f"/dossiers/{CODE}")
    expect(page.locator(".facts")).to_contain_text("Đang xử lý (4)")


def test_units_of_the_past_can_be_chosen_and_say_until_when(signed_in: SignedIn) -> None:
    page = signed_in("administrator")
    for path in ("/verify", "/coverage", "/search", "/worklists"):
        page.goto(path)
        past = page.locator("#unit optgroup[label='Đơn vị cũ'] option[value=P1]")
        expect(past).to_have_text("Phường 1 (đến 30/06/2025)")
        expect(page.locator("#unit > option", has_text="Phường Mỹ Tho")).to_have_count(1)
    page.goto("/accounts")
    page.get_by_role("button", name="Thêm tài khoản").click()
    expect(page.locator("#units")).to_contain_text("Phường 1 (đến 30/06/2025)")


def test_a_period_without_dossiers_is_empty_and_no_figure_is_made_up(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    settled(page, "/coverage?from=2019-01-01&to=2019-12-31&lang=en")
    expect(page.locator(".figure.first b")).to_have_text("N/A")
    expect(page.locator("#matrix")).to_contain_text("No dossier falls into this period.")
    expect(page.locator("#gap")).to_have_text("None is missing.")
    assert violations(page) == []


def test_a_small_screen_needs_no_scrolling_sideways_and_fingers_hit_what_they_aim_at(
    signed_in: SignedIn,
) -> None:
    page = signed_in("administrator")
    for width, height in ((1024, 768), (640, 900)):
        page.set_viewport_size({"width": width, "height": height})
        for path in (*SCREENS, "/batches"):
            settled(page, path)
            assert page.evaluate(NARROW) <= 0, (path, width)
            assert page.evaluate(SMALL, 24) == [], (path, width)
    settled(page, "/look-up")
    assert page.evaluate(SMALL, 36) == []


def test_a_sheet_of_paper_says_what_was_asked_and_shows_no_controls(signed_in: SignedIn) -> None:
    page = signed_in("auditor")
    settled(page, SCREENS[0])
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".on-paper")).to_contain_text("Từ ngày: 16/12/2021; Đến ngày: 30/11/2022")
    expect(page.locator(".on-paper")).to_contain_text("In lúc")
    expect(page.get_by_role("button", name="Xem", exact=True)).to_be_hidden()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator("#table tfoot")).to_be_visible()
