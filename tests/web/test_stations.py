"""The administrator's screens: stations with their keys, accounts with their rights."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from playwright.sync_api import expect

from tests.api.world import World
from tests.web.axe import violations
from tests.web.conftest import SignedIn


def test_a_new_station_s_key_is_shown_once_and_opens_the_door(signed_in: SignedIn, office: World) -> None:
    page = signed_in("administrator")
    page.get_by_role("link", name="Máy quét").click()
    page.get_by_role("button", name="Thêm máy quét").click()
    page.get_by_label("Tên máy").fill("Phường 1, quầy 9")
    page.get_by_label("Đơn vị").select_option("P1")
    page.get_by_role("button", name="Lưu").click()
    key = page.locator(".key").inner_text()
    office.tokens["new"] = key
    office.open(b"%PDF-1.7 x", who="new")
    page.get_by_role("button", name="Đóng").click()
    expect(page.get_by_role("row", name="Phường 1, quầy 9")).to_be_visible()
    expect(page.locator(".key")).to_have_count(0)
    assert key not in page.content()


def test_a_renewed_key_ends_the_old_one(signed_in: SignedIn, office: World) -> None:
    added = office.post("administrator", "/api/stations", {"name": "Quầy 8", "unit": "P1"}).json()
    office.tokens["old"] = added["key"]
    page = signed_in("administrator")
    page.goto("/stations")
    page.get_by_role("button", name="Cấp khóa mới: Quầy 8").click()
    page.get_by_role("dialog").get_by_role("button", name="Cấp khóa mới").click()
    expect(page.locator(".key")).to_be_visible()
    assert office.get("old", "/api/batches").json()["code"] == "not_signed_in"


def test_what_can_be_mended_stands_before_who_is_silent_and_who_never_called(
    signed_in: SignedIn, office: World
) -> None:
    office.post("administrator", "/api/stations", {"name": "A chưa gọi", "unit": "P1"})
    behind = office.post("administrator", "/api/stations", {"name": "Z chậm", "unit": "P1"}).json()
    sent = format_datetime(datetime.now(UTC) - timedelta(minutes=3), usegmt=True)
    office.tokens["behind"] = behind["key"]
    office.call("behind", "GET", "/api/station", headers={"Date": sent}).raise_for_status()
    page = signed_in("administrator")
    page.goto("/stations")
    row = page.get_by_role("row", name="Z chậm")
    expect(row).to_contain_text(re.compile(r"chậm 1[78]\d giây"))
    expect(page.get_by_role("row", name="A chưa gọi")).to_contain_text("Chưa kết nối")
    names = page.locator("tbody th").all_inner_texts()
    assert names.index("Z chậm") < names.index("A chưa gọi")
    assert violations(page) == []


def test_an_operator_sees_the_stations_and_may_change_none(signed_in: SignedIn) -> None:
    page = signed_in("operator")
    page.goto("/stations")
    expect(page.get_by_role("row", name="second-station")).to_contain_text("1 lô chưa gửi xong")
    expect(page.get_by_role("button", name="Khóa")).to_have_count(0)
    expect(page.get_by_role("button", name="Thêm máy quét")).to_have_count(0)


def test_a_file_that_later_ones_overtook_is_a_gap(signed_in: SignedIn, office: World) -> None:
    files = [b"%PDF-1.7 one", b"%PDF-1.7 two", b"%PDF-1.7 three", b"%PDF-1.7 four"]
    batch = office.open(*files, who="station")
    for number in (1, 3):
        office.put(batch, number, files[number - 1], who="station").raise_for_status()
    day = next(
        one for one in office.get("auditor", "/api/stations").json()["items"] if one["id"] == "station"
    )
    assert (day["today"]["files_missing"], day["today"]["sequence_gaps"]) == (2, 1)
    page = signed_in("administrator")
    page.goto("/stations")
    named = page.get_by_role("rowheader", name="station", exact=True)
    expect(page.get_by_role("row").filter(has=named)).to_contain_text("ngắt quãng 1")


def test_an_account_is_added_for_a_unit_and_locked(signed_in: SignedIn, office: World) -> None:
    page = signed_in("administrator")
    page.get_by_role("link", name="Tài khoản", exact=True).click()
    page.get_by_role("button", name="Thêm tài khoản").click()
    page.get_by_label("Tên đăng nhập").fill("hoa.tran")
    page.get_by_label("Vai trò").select_option("auditor")
    page.get_by_label("Phường 2 (đến 30/06/2025)", exact=True).check()
    page.get_by_label("Mật khẩu đầu tiên").fill("mot mat khau dai")
    page.get_by_role("button", name="Lưu").click()
    row = page.get_by_role("row", name="hoa.tran")
    expect(row).to_contain_text("Phường 2")
    page.get_by_role("button", name="Khóa: hoa.tran", exact=True).click()
    expect(row).to_contain_text("Đã khóa")
    signing_in = {"name": "hoa.tran", "password": "mot mat khau dai"}
    assert office.post(None, "/api/session", signing_in).status_code == 401


def test_what_the_server_refuses_is_said_in_the_dialog(signed_in: SignedIn) -> None:
    page = signed_in("administrator")
    page.goto("/accounts")
    page.get_by_role("button", name="Thêm tài khoản").click()
    page.get_by_label("Tên đăng nhập").fill("clerk")
    page.get_by_label("Mật khẩu đầu tiên").fill("mot mat khau dai")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_be_visible()
