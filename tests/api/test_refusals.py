"""Every refusal has one form: problem+json with a stable code, advice, and nothing of what was sent."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import APIRouter, Request
from httpx import Response

from api.errors import status_of
from api.frame import BODY_BYTES
from records import errors
from records.errors import SohoaError, all_errors
from tests.api.world import World


def raising(world: World, error: Exception, path: str = "/raise") -> None:
    """Let GET on this path fail in this way."""
    router = APIRouter()

    @router.get(path)
    def fail() -> None:
        raise error

    world.app.include_router(router)


def test_every_error_of_the_tree_is_a_problem_document(world: World) -> None:
    for kind in all_errors():
        raising(world, kind(), f"/raise/{kind.code}")
        check_problem(world.get(None, f"/raise/{kind.code}"), kind)


def check_problem(answer: Response, kind: type[SohoaError]) -> None:
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == problem["status"] == status_of(kind)
    assert (problem["code"], problem["advice"]) == (kind.code, kind.advice)
    assert problem["type"] == f"/docs/errors#{kind.code}"
    assert problem["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    assert problem["title"]
    assert problem["detail"]
    assert ("retry-after" in answer.headers) == (answer.status_code in (429, 503))


def test_facts_become_members_and_cannot_replace_the_documents_own(world: World) -> None:
    raising(world, errors.FixityMismatch(declared="aa", received="bb", code="evil", status=200))
    problem = world.get(None, "/raise").json()
    assert (problem["declared"], problem["received"]) == ("aa", "bb")
    assert (problem["code"], problem["status"]) == ("fixity_mismatch", 422)


def test_a_fault_of_our_own_says_nothing_of_the_exception(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    raising(world, RuntimeError("Nguyễn Văn Anh"))
    with caplog.at_level(logging.DEBUG):
        answer = world.get(None, "/raise")
    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert "Anh" not in answer.text
    assert "Anh" not in answer.headers.get("content-type", "")
    logged = [record for record in caplog.records if record.getMessage() == "request_failed"]
    assert len(logged) == 1


def test_an_unknown_address_and_a_wrong_method_are_problems_too(world: World) -> None:
    unknown = world.get("clerk", "/api/nothing-here")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    wrong = world.call("clerk", "DELETE", "/api/records")
    assert (wrong.status_code, wrong.json()["code"], wrong.headers["allow"]) == (405, "refused", "GET")


def test_a_body_that_does_not_fit_names_the_parts_and_never_what_stood_there(world: World) -> None:
    body = {"id": "x", "operator": "Nguyễn Văn Anh", "files": [{"sequence": 0}], "secret": "Nguyễn"}
    answer = world.post("station", "/api/batches", body)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "invalid_value")
    assert "Nguyễn" not in answer.text
    assert {"body.id", "body.files.0.sequence", "body.files.0.sha256"} <= {
        p["where"] for p in problem["wrong"]
    }


@pytest.mark.parametrize("body", [b"{", b"[", b"\xff", b'"' + b"\\ud800" + b'"', b"[" * 5000, b"null", b""])
def test_a_body_that_is_no_json_is_refused(world: World, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = world.call("station", "POST", "/api/batches", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("escape", ["\\u0000", "\\n", "\\ud800", "\\u009b"])
def test_text_that_no_database_can_hold_is_refused(world: World, escape: str) -> None:
    content = f'{{"name": "a{escape}b", "unit": "P1"}}'
    headers = {"Content-Type": "application/json"}
    answer = world.call("administrator", "POST", "/api/stations", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_value")


def test_a_body_over_the_limit_is_refused_whether_it_tells_its_length_or_not(world: World) -> None:
    def streamed() -> Iterator[bytes]:
        for _ in range(BODY_BYTES // 2**16 + 2):
            yield b" " * 2**16

    for content in (b" " * (BODY_BYTES + 1), streamed()):
        answer = world.call("station", "POST", "/api/batches", content=content)
        assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


def test_every_answer_carries_safe_headers_and_is_not_kept(world: World) -> None:
    for path in ("/health", "/api/records", "/api/nothing-here"):
        headers = world.get("clerk", path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_a_request_id_from_a_proxy_is_kept_and_anything_else_replaced(world: World) -> None:
    mine = "0b0b3f0e-5b0e-4a55-9f0c-0f6f6c6f2b11"
    assert world.get(None, "/health", headers={"X-Request-ID": mine}).headers["x-request-id"] == mine
    other = world.get(None, "/health", headers={"X-Request-ID": "<script>"}).headers["x-request-id"]
    assert len(other) == len(mine)


@contextmanager
def error_page(world: World) -> Iterator[None]:
    def page(request: Request, code: str, status: int) -> object:
        from fastapi.responses import HTMLResponse

        return HTMLResponse(f"<p>{code}</p>", status)

    world.app.state.error_page = page
    yield
    del world.app.state.error_page


def test_a_browser_gets_a_page_outside_the_api_where_the_site_has_one(world: World) -> None:
    with error_page(world):
        accept = {"Accept": "text/html,*/*"}
        assert world.get(None, "/nothing", headers=accept).text == "<p>not_found</p>"
        assert world.get(None, "/api/nothing", headers=accept).json()["code"] == "not_found"
        assert world.get(None, "/nothing").json()["code"] == "not_found"


def test_the_type_of_a_problem_leads_to_what_it_means(empty_world: World) -> None:
    problem = empty_world.get(None, "/api/records").json()
    path, _, anchor = problem["type"].partition("#")
    assert f'id="{anchor}"' in empty_world.get(None, path).text
