"""The operator's screens in a real browser: progress, poor scans in plain words, files sent from here, cover sheets."""

from io import BytesIO
from itertools import product

import pytest
from pikepdf import Pdf
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from tests.api.world import World
from tests.web.axe import violations
from tests.web.conftest import SignedIn
from tests.web.sample_office import SampleOffice, work


def paper(name: str = "trang 1.jpg", *, cut: bool = False, gray: bool = False) -> FilePayload:
    """A scan with rows of letters, in colour unless `gray`; cut: they run over its right edge."""
    image = Image.new("RGB", (1654, 2339), (252, 250, 244))
    drawing = ImageDraw.Draw(image)
    for left, top in product(range(230, 1700 if cut else 1300, 30), range(200, 1000, 60)):
        drawing.rectangle((left, top, left + 18, top + 28), fill=(20, 20, 40))
    out = BytesIO()
    (image.convert("L") if gray else image).save(out, "JPEG", dpi=(200, 200))
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_files_are_sent_from_the_browser_as_one_batch(signed_in: SignedIn, office: World) -> None:
    page = signed_in("operator")
    page.locator("#station option").first.wait_for(state="attached")
    page.locator("#files").set_input_files([paper(), paper("trang 2.jpg", cut=True)])
    page.get_by_role("button", name="Gửi thành một lô").click()
    page.wait_for_url("**/batches/*-*")
    batch = page.url.rsplit("/", 1)[1]
    seen = office.get("operator", f"/api/batches/{batch}").json()
    assert seen["reconciliation"]["balanced"] and seen["completed_at"]
    assert [file["name"] for file in seen["files"]] == ["trang 1.jpg", "trang 2.jpg"]
    work(office.services)
    expect(page.locator(".sheets")).to_contain_text("bị cắt mép phải", timeout=15_000)
    expect(page.locator(".each li")).to_have_text(["1 ✓đã đọc", "2 !cần xem lại bản quét"])
    assert violations(page) == []


def test_a_file_that_was_scanned_twice_is_taken_out_again(signed_in: SignedIn, office: World) -> None:
    page = signed_in("operator")
    page.locator("#station option").first.wait_for(state="attached")
    page.locator("#files").set_input_files([paper(), paper("trang 1 lần nữa.jpg"), paper(cut=True)])
    page.locator("#send").click()
    page.wait_for_url("**/batches/*-*")
    twice = page.locator(".warn").filter(has_text="Tệp 2 trùng với tệp 1")
    work(office.services)
    drop = twice.get_by_role("button", name="Loại bản trùng (1 giấy tờ)")
    expect(drop).to_be_visible(timeout=15_000)
    assert violations(page) == []
    drop.click()
    expect(page.locator("#messages")).to_contain_text("Đã loại 1 giấy tờ trùng")
    expect(twice).to_contain_text("Bản trùng đã loại")
    batch = page.url.rsplit("/", 1)[1]
    papers = office.get("operator", f"/api/batches/{batch}").json()["records"]
    assert [one["state"] for one in papers] == ["classified", "discarded", "classified"]
    assert ["received_before" in one["review_reasons"] for one in papers] == [False, True, False]


def test_a_refused_file_is_named_there_and_in_its_batch(signed_in: SignedIn, office: World) -> None:
    page = signed_in("operator")
    page.locator("#station option").first.wait_for(state="attached")
    text: FilePayload = {"name": "trang 9.txt", "mimeType": "text/plain", "buffer": b"no scan"}
    page.locator("#files").set_input_files([paper(), text])
    page.locator("#send").click()
    expect(page.locator("#fates")).to_contain_text("Tệp không phải PDF, TIFF, JPEG hay PNG")
    page.get_by_role("button", name="Mở lô này").click()
    page.wait_for_url("**/batches/*-*")
    expect(page.locator("#batch")).to_contain_text("Tệp 2 không nhận: Tệp không phải PDF")
    assert violations(page) == []


def test_a_poor_page_is_replaced_while_the_paper_is_at_hand(signed_in: SignedIn, office: World) -> None:
    page = signed_in("operator")
    page.locator("#station option").first.wait_for(state="attached")
    page.locator("#files").set_input_files([paper(cut=True)])
    page.locator("#send").click()
    page.wait_for_url("**/batches/*-*")
    work(office.services)
    poor = page.locator(".sheets li")
    poor.locator("input[type=file]").set_input_files([paper()])
    expect(page.locator("#messages")).to_contain_text("Đã thay trang", timeout=15_000)
    batch = page.url.rsplit("/", 1)[1]
    (file,) = office.get("operator", f"/api/batches/{batch}").json()["files"]
    (one,) = file["page_list"]
    assert "cut_off" not in {flag["code"] for flag in one["quality"]["flags"]}


def test_a_batch_without_colour_is_one_remark_and_no_poor_page(signed_in: SignedIn, office: World) -> None:
    page = signed_in("operator")
    page.locator("#station option").first.wait_for(state="attached")
    page.locator("#files").set_input_files([paper(gray=True), paper("trang 2.jpg", gray=True, cut=True)])
    page.locator("#send").click()
    page.wait_for_url("**/batches/*-*")
    work(office.services)
    expect(page.locator(".remark")).to_contain_text("Cả 2 trang đều không phải ảnh màu", timeout=15_000)
    expect(page.locator(".sheets li")).to_have_count(1)
    expect(page.locator(".sheets")).not_to_contain_text("màu")
    assert violations(page) == []


def test_a_batch_shows_what_is_missing_refused_and_seen_before(
    signed_in: SignedIn, sample_office: SampleOffice
) -> None:
    page = signed_in("operator")
    page.goto(f"/batches/{sample_office.open_batch}")
    expect(page.locator("#batch")).to_contain_text("Còn thiếu tệp số 2")
    page.goto(f"/batches/{sample_office.batch}")
    expect(page.locator("#batch .bad").first).to_contain_text("Tệp")
    assert violations(page) == []


def test_the_list_comes_back_by_itself_when_the_service_does(signed_in: SignedIn) -> None:
    page = signed_in("operator")
    page.locator("#list tbody tr").first.wait_for()
    page.clock.install()
    page.route("**/api/batches?*", lambda route: route.abort())
    page.goto("/batches")
    expect(page.locator("#list [role=alert]")).to_contain_text("Không nối được với máy chủ")
    page.unroute("**/api/batches?*")
    page.clock.fast_forward(5_000)
    expect(page.locator("#list tbody tr").first).to_be_visible()


def test_cover_sheets_of_chosen_dossiers_are_printed(signed_in: SignedIn, office: World) -> None:
    page = signed_in("operator")
    codes = [one["code"] for one in office.get("clerk", "/api/dossiers", params={"limit": 2}).json()["items"]]
    for code in codes:
        page.locator("#cover-dossier").fill(code)
        page.locator("#cover-dossier-list [role=option]", has_text=code).wait_for()
        page.keyboard.press("Enter")
    address = page.locator("#print").get_attribute("href")
    assert address
    answer = page.request.get(str(office.client.base_url) + address)
    assert answer.ok and answer.body().startswith(b"%PDF")


def test_many_codes_are_pasted_at_once_and_unknown_ones_named(signed_in: SignedIn, office: World) -> None:
    page = signed_in("operator")
    items = office.get("clerk", "/api/dossiers", params={"limit": 5}).json()["items"]
    copied = "\n".join([*(one["code"] for one in items), "H58.30-220303-9999"])
    page.locator("#cover-dossier").focus()
    page.evaluate(_PASTE, copied)
    expect(page.locator("#codes li")).to_have_count(5)
    expect(page.locator("#messages")).to_contain_text("H58.30-220303-9999")
    answer = page.request.get(
        str(office.client.base_url) + (page.locator("#print").get_attribute("href") or "")
    )
    with Pdf.open(BytesIO(answer.body())) as printed:
        assert len(printed.pages) == 5


_PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text", text);
  const pasting = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasting));
}"""


def test_the_page_hashes_files_where_the_browser_may_not(signed_in: SignedIn) -> None:
    """Over plain HTTP browsers offer no SHA-256."""
    page = signed_in("operator")
    equal = page.evaluate(_COMPARE, page.locator("link[href*='/base.css']").get_attribute("href"))
    assert equal == [True, True, True, True]


_COMPARE = """async (css) => {
  const { sha256 } = await import(css.replace("base.css", "sha256.js"));
  const same = async (length) => {
    const bytes = Uint8Array.from({ length }, (_, n) => (n * 31 + 7) % 256);
    const theirs = new DataView(await crypto.subtle.digest("SHA-256", bytes)), mine = sha256(bytes);
    return mine.every((word, n) => word === theirs.getUint32(4 * n));
  };
  return Promise.all([0, 55, 64, 100001].map(same));
}"""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_on_the_operators_screens(signed_in: SignedIn, language: str) -> None:
    page: Page = signed_in("operator")
    for path in (f"/batches?lang={language}", "/account", "/nowhere"):
        page.goto(path)
        page.wait_for_timeout(300)
        assert violations(page) == [], path
