"""Records over HTTP: nobody overwrites anybody, and what was read stays beside what was confirmed."""

from typing import Any

from records.record import Role
from records.steps import Step
from tests.api.world import CODE, World


def test_a_record_answers_with_its_version_as_etag(world: World) -> None:
    record = world.a_record()
    answer = world.get("clerk", f"/api/records/{record.id}")
    assert answer.headers["etag"] == f'"{record.version}"'
    again = world.get("clerk", f"/api/records/{record.id}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_confirmation_stands_beside_what_was_read_and_asks_for_the_filing(world: World) -> None:
    record = world.a_record()
    answer = world.confirm(record, fields={"number_symbol": "12/QĐ-UBND", "place": None})
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["state"] == "confirmed"
    assert shown["classification"]["document_type"] == "QD"
    assert shown["confirmation"]["fields"] == {"number_symbol": "12/QĐ-UBND", "place": None}
    assert shown["confirmation"]["dossier"] == {"code": CODE, "role": "result", "component": None}
    assert answer.headers["etag"] == f'"{record.version + 1}"'
    assert (world.asked[-1].step, world.asked[-1].key) == (Step.FILE, record.id)


def test_a_change_without_a_version_is_refused(world: World) -> None:
    record = world.a_record()
    path = f"/api/records/{record.id}/discard"
    for headers in ({}, {"If-Match": "*"}, {"If-Match": "2"}, {"If-Match": 'W/"2"'}):
        answer = world.post("clerk", path, {"reason": "blank"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (428, "version_required")


def test_a_lost_update_is_refused_and_the_first_one_stands(world: World) -> None:
    record = world.a_record()
    assert world.confirm(record, fields={"place": "Mỹ Tho"}).status_code == 200
    late = world.confirm(record, fields={"place": "Mỹ Phong"})
    assert (late.status_code, late.json()["code"]) == (412, "stale_version")
    assert late.json()["current_version"] == record.version + 1
    shown = world.get("clerk", f"/api/records/{record.id}").json()
    assert shown["confirmation"]["fields"] == {"place": "Mỹ Tho"}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"document_type": "NOPE"}, "invalid_value"),
    ({"fields": {"no_such_field": "x"}}, "invalid_value"),
    ({"fields": {"place": "x" * 2001}}, "invalid_value"),
    ({"fields": {"issue_date": "2022-02-30"}}, "invalid_value"),
    ({"fields": {"issue_date": "2999-01-01"}}, "invalid_value"),
    ({"dossier": {"code": "12", "role": "result"}}, "invalid_dossier_code"),
    ({"dossier": {"code": "H58.30-220303-9999", "role": "result"}}, "dossier_unknown"),
    ({"dossier": {"code": CODE, "role": "receipt"}}, "invalid_value"),
]


def test_a_confirmation_that_cannot_be_true_is_refused(world: World) -> None:
    record = world.a_record()
    for parts, code in WRONG:
        assert world.confirm(record, **parts).json()["code"] == code, parts
    assert world.get("clerk", f"/api/records/{record.id}").json()["version"] == record.version


def test_a_confirmation_whose_answer_was_lost_may_be_repeated_and_counts_once(world: World) -> None:
    record = world.a_record()
    first = world.confirm(record, fields={"place": "Mỹ Tho"})
    again = world.confirm(record, fields={"place": "Mỹ Tho"})
    assert (again.status_code, again.json()["version"]) == (200, first.json()["version"])
    history = world.get("clerk", f"/api/records/{record.id}/history").json()["items"]
    assert [one["action"] for one in history].count("confirmed") == 1
    other = world.confirm(record, who="administrator", fields={"place": "Mỹ Tho"})
    assert other.json()["code"] == "stale_version"


def test_a_confirmed_record_cannot_be_confirmed_again(world: World) -> None:
    record = world.a_record()
    world.confirm(record)
    again = world.confirm(record, version=record.version + 1)
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


def test_a_record_that_was_discarded_and_reopened_tells_so_in_its_history(world: World) -> None:
    record = world.a_record()
    path, match = f"/api/records/{record.id}", {"If-Match": f'"{record.version}"'}
    discarded = world.post("clerk", f"{path}/discard", {"reason": "duplicate"}, headers=match)
    assert discarded.json()["state"] == "discarded"
    match = {"If-Match": discarded.headers["etag"]}
    reopened = world.post("clerk", f"{path}/reopen", {"reason": "discarded_by_mistake"}, headers=match)
    assert reopened.json()["state"] == "classified"
    history = world.get("auditor", f"{path}/history").json()["items"]
    assert [(change["action"], change["actor"], change["reason"]) for change in history[-2:]] == [
        ("discarded", "clerk", "duplicate"),
        ("reopened", "clerk", "discarded_by_mistake"),
    ]
    assert [change["version"] for change in history] == list(range(1, len(history) + 1))


def test_a_reason_is_a_word_and_no_free_text(world: World) -> None:
    record = world.a_record()
    answer = world.post("clerk", f"/api/records/{record.id}/discard", {"reason": "bà Lan bảo thế"})
    assert answer.json()["code"] == "invalid_value"


def test_a_filing_is_asked_for_again_only_after_it_failed(world: World) -> None:
    record = world.a_record()
    path = f"/api/records/{record.id}/filing"
    assert world.post("clerk", path).json()["code"] == "illegal_transition"
    world.confirm(record)
    world.fail_filing(record)
    answer = world.post("clerk", path)
    assert answer.status_code == 202
    assert answer.json()["error_code"] is None
    assert (world.asked[-1].step, world.asked[-1].key) == (Step.FILE, record.id)


def test_a_filed_record_counts_for_its_dossier_and_has_a_pdf(world: World) -> None:
    record = world.a_record()
    path = f"/api/records/{record.id}"
    world.confirm(record)
    assert world.get("clerk", f"{path}/pdf").status_code == 404
    world.file(record)
    pdf = world.get("clerk", f"{path}/pdf")
    assert (pdf.content, pdf.headers["content-type"]) == (b"%PDF-1.7 lasting", "application/pdf")
    dossier = world.get("clerk", f"/api/dossiers/{CODE}").json()
    assert [(paper["id"], paper["state"]) for paper in dossier["records"]] == [(record.id, "filed")]
    table = world.get("auditor", "/api/coverage", params={"from": "2022-01-01", "to": "2022-12-31"}).json()
    assert table["total"]["received"] == 1


def test_a_queue_is_worked_off_in_order_while_papers_come_in(world: World) -> None:
    first = [world.a_record(b"%PDF-1.7 " + bytes([65 + n])) for n in range(3)]
    part = world.get("clerk", "/api/records", params={"state": "classified", "limit": 2}).json()
    late = world.a_record(b"%PDF-1.7 late")
    world.confirm(first[0])
    rest = world.get(
        "clerk", "/api/records", params={"state": "classified", "limit": 9, "after": part["next"]}
    ).json()
    found = [record["id"] for record in part["items"] + rest["items"]]
    assert found == [record.id for record in (*first, late)]


def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    for cursor in ("x", "W10", "bnVsbA", "W251bGxd", "WyJ4Il0", "W1siYSJdXQ"):
        answer = world.get("clerk", "/api/records", params={"after": cursor})
        assert answer.json()["code"] == "invalid_value", cursor


def test_records_are_found_by_type_batch_and_dossier(world: World) -> None:
    record = world.a_record()
    world.confirm(record, dossier={"code": CODE, "role": Role.COMPONENT.value})
    for query in ({"type": "QD"}, {"batch": record.batch}, {"dossier": f"{CODE}-KQ1"}, {"unit": "P1"}):
        found = world.get("clerk", "/api/records", params=query).json()["items"]
        assert [one["id"] for one in found] == [record.id], query
    for query in ({"type": "CV"}, {"dossier": "H58.30-220303-0013"}, {"unit": "P2"}):
        assert world.get("clerk", "/api/records", params=query).json()["items"] == [], query
