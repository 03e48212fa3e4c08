"""Who gets which page, in which language, and what a browser may keep."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI, Request
from httpx import Client

from records.ids import StaffId, UnitCode
from records.staff import Session, Staff, StaffRole
from tests.api.world import Stage
from web.site import Site


@dataclass
class Door:
    """Says that a person of this role looks; nobody at first."""

    client: Client
    role: StaffRole | None = None

    def session_of(self, request: Request) -> Session | None:
        if self.role is None:
            return None
        person = Staff(StaffId("1"), "lan", self.role, (UnitCode("P1"),))
        return Session(person, "csrf-of-lan", datetime(2030, 1, 1, tzinfo=UTC))


@pytest.fixture
def door(stage: Stage) -> Iterator[Door]:
    """The screens over no API at all."""
    with Client(base_url=stage.url) as client:
        door = Door(client)
        stage.app = FastAPI()
        stage.app.include_router(Site(door.session_of).router)
        yield door


def test_without_a_session_every_screen_leads_to_the_sign_in_and_back(door: Door) -> None:
    answer = door.client.get("/verify?unit=P1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fverify%3Funit%3DP1")
    assert door.client.get("/").headers["location"] == "/login"
    assert door.client.get("/login").status_code == 200


@pytest.mark.parametrize(
    ("role", "home"),
    [("operator", "/batches"), ("clerk", "/verify"), ("auditor", "/coverage"), ("administrator", "/batches")],
)
def test_a_day_begins_at_the_screen_of_the_role(door: Door, role: str, home: str) -> None:
    door.role = StaffRole(role)
    assert door.client.get("/").headers["location"] == home
    assert door.client.get(home).status_code == 200


def test_the_menu_shows_only_what_opens(door: Door) -> None:
    door.role = StaffRole.OPERATOR
    page = door.client.get("/batches").text
    assert 'href="/batches" aria-current="page"' in page and 'href="/verify"' not in page
    refused = door.client.get("/verify")
    assert refused.status_code == 403 and "Tài khoản không có quyền này" in refused.text


def test_the_language_is_asked_for_once_and_remembered(door: Door) -> None:
    assert '<html lang="vi">' in door.client.get("/login").text
    assert '<html lang="en">' in door.client.get("/login?lang=en").text
    assert '<html lang="en">' in door.client.get("/login").text
    assert '<html lang="en">' in door.client.get("/login?lang=xx").text


def test_the_switch_of_the_language_keeps_the_query(door: Door) -> None:
    page = door.client.get("/login?next=%2Fverify").text
    assert 'href="/login?next=%2Fverify&amp;lang=en"' in page


def test_nothing_from_the_address_becomes_markup(door: Door) -> None:
    page = door.client.get("/setup/%3C%2Fscript%3E%3Cb%3E").text
    assert "<b>" not in page


def test_a_page_holds_no_inline_script_or_style(door: Door) -> None:
    door.role = StaffRole.ADMINISTRATOR
    for path in ("/login", "/batches", "/verify", "/coverage", "/account"):
        page = door.client.get(path).text
        scripts = re.findall(r"<script[^>]*>", page)
        assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts), path
        assert " style=" not in page and "<style" not in page and " onclick=" not in page, path


def test_static_files_are_kept_for_good_under_the_address_of_their_content(door: Door) -> None:
    page = door.client.get("/login").text
    (address,) = re.findall(r'href="(/static/[0-9a-f]+/base\.css)"', page)
    answer = door.client.get(address)
    assert answer.headers["content-encoding"] == "gzip" and "immutable" in answer.headers["cache-control"]
    old = door.client.get("/static/0/base.css", headers={"Accept-Encoding": "identity"})
    assert old.content == answer.content and old.headers["cache-control"] == "no-cache"
    assert door.client.get("/static/0/nothing.css").status_code == 404
    assert door.client.get("/static/0/..%2Fsite.py").status_code == 404


def test_all_that_a_screen_runs_and_asks_first_is_begun_with_its_page(door: Door) -> None:
    door.role = StaffRole.CLERK
    page = door.client.get("/verify").text
    modules = set(re.findall(r'<link rel="modulepreload" href="(/static/[^"]+)"', page))
    imported = {
        address.rpartition("/")[0] + f"/{name}"
        for address in modules
        for name in re.findall(r'^import .* from "\./(.+)";$', door.client.get(address).text, re.MULTILINE)
    }
    assert imported and imported <= modules
    assert '<link rel="preload" as="fetch" crossorigin href="/api/reviews">' in page
    assert "/api/reviews" not in door.client.get("/verify?doubt=some").text  # another question
