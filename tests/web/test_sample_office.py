"""The office that the tests of the screens look at has what there is to see, and a browser can sign in to it."""

from collections import Counter

import pytest
from playwright.sync_api import BrowserContext

from tests.api.world import PASSWORD, World
from tests.web.conftest import SignedIn
from tests.web.sample_office import SampleOffice

pytestmark = pytest.mark.slow


def test_there_is_a_paper_in_every_state_that_a_screen_shows(
    office: World, sample_office: SampleOffice
) -> None:
    records = office.get("clerk", "/api/records", params={"limit": 100}).json()["items"]
    states = Counter(record["state"] for record in records)
    assert states["classified"] >= 3 and states["filed"] >= 1
    seen = office.get("clerk", f"/api/batches/{sample_office.batch}").json()
    assert seen["progress"]["received_files"] == len(sample_office.scanned.files) + 1
    assert office.get("clerk", f"/api/batches/{sample_office.open_batch}").json()["state"] == "open"


def test_the_made_papers_are_read_as_what_they_are(office: World, sample_office: SampleOffice) -> None:
    records = office.get("clerk", "/api/records", params={"limit": 100}).json()["items"]
    truth = Counter(
        one.truth.document_type for one in sample_office.scanned.documents if one.role != "receipt"
    )
    read = Counter(record["document_type"] for record in records)
    assert (truth & read).total() >= 0.8 * truth.total()


@pytest.mark.browser
def test_a_person_who_is_signed_in_sees_no_password_field(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    page.wait_for_load_state("networkidle")
    assert page.locator("input[type=password]").count() == 0
    assert page.get_by_role("heading").first.inner_text()


@pytest.mark.browser
def test_a_visitor_signs_in_with_the_password(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input:not([type=password]):not([type=hidden])").first.fill("clerk")
    page.keyboard.press("Enter")
    page.locator("input[type=password]").wait_for(state="detached")
