"""The OpenAPI document and docs/api.md tell the truth and all of it."""

import re
from typing import Any

import pytest

from api.openapi import describe
from api.reference import DOCUMENT, written
from records.errors import all_errors
from tests.api.world import World


@pytest.fixture
def document(empty_world: World) -> dict[str, Any]:
    return describe(empty_world.app)


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_is_served_and_needs_no_account(empty_world: World) -> None:
    assert empty_world.get(None, "/api/openapi.json").json() == describe(empty_world.app)


def test_every_operation_has_a_tag_a_summary_a_description_and_an_id(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    for name, operation in operations(document):
        assert set(operation["tags"]) <= tags, name
        assert operation["summary"], name
        assert operation["description"], name
        assert re.fullmatch(r"[a-z][a-z_]+", operation["operationId"]), name
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids))


def test_every_refusal_is_documented_as_problem_json_with_an_example(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) < 400 or "Readiness" in str(response):
                continue
            content = response["content"]["application/problem+json"]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}, name
            for code, example in content["examples"].items():
                assert example["value"]["code"] == code
                assert example["value"]["status"] == int(status)


def test_every_door_documents_its_refusals(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        if "security" in operation:
            assert {"401", "403", "422", "500", "503"} <= set(operation["responses"]), name


def test_every_error_code_is_in_the_document(document: dict[str, Any]) -> None:
    codes = {kind.code for kind in all_errors()}
    assert set(document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]) == codes
    for code in codes:
        assert f"| `{code}` |" in document["info"]["description"]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    known = set(document["components"]["schemas"])
    used = set(re.findall(r"#/components/schemas/([A-Za-z_]+)", str(document)))
    assert used - known == set()


def test_the_page_for_people_is_up_to_date(document: dict[str, Any]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert written(text, document) == text, "run: python -m api.reference"
