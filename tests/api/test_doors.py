"""Who gets in, how far, and for how long."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from api.auth import COOKIE
from api.sign_in import new_setup_token
from api.tokens import TokenKind, new_csrf, new_token, token_hash
from tests.api.world import PASSWORD, WARD, World, declaration

NEW_PASSWORD = "another long one"


def signed_in(world: World, name: str = "clerk", password: str = PASSWORD) -> httpx.Response:
    return world.post(None, "/api/session", {"name": name, "password": password})


# --- scopes ---


def test_a_clerk_does_not_see_that_another_wards_papers_exist(world: World) -> None:
    record = world.a_record(who="other-station")
    batch, page = record.batch, record.pages[0]
    (file,) = world.get("administrator", f"/api/batches/{batch}").json()["files"]
    paths = [
        f"/api/batches/{batch}", f"/api/batches/{batch}/events",
        f"/api/records/{record.id}", f"/api/records/{record.id}/history", f"/api/records/{record.id}/text",
        f"/api/records/{record.id}/pdf", f"/api/pages/{page}", f"/api/pages/{page}/image",
        f"/api/pages/{page}/alto", f"/api/files/{file['id']}/master",
    ]  # fmt: skip
    for path in paths:
        assert world.get("clerk", path).status_code == 404, path
    for path in paths[:3] + paths[6:]:
        assert world.get("other-clerk", path).status_code == 200, path
    assert world.get("clerk", "/api/records").json()["items"] == []
    assert world.get("clerk", "/api/batches").json()["items"] == []
    assert world.confirm(record).status_code == 404
    assert world.confirm(record, who="other-clerk").status_code == 200


def test_a_dossier_of_another_ward_is_not_found(world: World) -> None:
    assert world.get("clerk", "/api/dossiers/H58.30-220303-0012").status_code == 200
    assert world.get("other-clerk", "/api/dossiers/H58.30-220303-0012").status_code == 404
    assert world.get("other-clerk", "/api/dossiers").json()["items"] == []


def test_coverage_counts_the_own_units_only(world: World) -> None:
    period = {"from": "2022-01-01", "to": "2022-12-31"}
    own = world.get("auditor", "/api/coverage", params=period).json()
    other = world.get("other-clerk", "/api/coverage", params=period).json()
    narrowed = world.get("other-clerk", "/api/coverage", params={**period, "unit": WARD}).json()
    received = [table["total"]["received"] for table in (own, other, narrowed)]
    assert received == [1, 0, 0]


def test_a_station_reads_and_fills_its_own_batches_only(world: World) -> None:
    batch = world.open(b"%PDF-1.7 one")
    assert world.get("station", f"/api/batches/{batch}").status_code == 200
    for other in ("second-station", "other-station"):
        assert world.get(other, f"/api/batches/{batch}").status_code == 404
        assert world.put(batch, 1, b"%PDF-1.7 one", who=other).status_code == 404
        assert world.post(other, f"/api/batches/{batch}/complete").status_code == 404
    assert world.get("station", "/api/records").json()["code"] == "not_allowed"
    assert world.get("station", "/api/batches").json()["code"] == "not_allowed"


# --- roles ---

ALLOWED = {
    "GET /api/batches": {"operator", "clerk", "auditor", "administrator"},
    "GET /api/records": {"clerk", "auditor", "administrator"},
    "GET /api/dossiers": {"clerk", "auditor", "administrator"},
    "GET /api/coverage": {"clerk", "auditor", "administrator"},
    "GET /api/coverage/gap": {"clerk", "auditor", "administrator"},
    "GET /api/staff": {"administrator"},
    "GET /api/stations": {"operator", "clerk", "auditor", "administrator"},
    "GET /api/audit": {"chief-auditor", "administrator"},
    "GET /api/units": {"operator", "clerk", "auditor", "administrator"},
    "POST /api/search": {"clerk", "auditor", "administrator"},
    "POST /api/staff": {"administrator"},
    "POST /api/stations": {"administrator"},
    "POST /api/dossiers/import": {"administrator"},
    "POST /api/batches": {"operator", "administrator", "station"},
}
EVERYBODY = ("operator", "clerk", "auditor", "administrator", "station")


@pytest.mark.parametrize("endpoint", sorted(ALLOWED))
def test_a_door_opens_for_its_roles_only(world: World, endpoint: str) -> None:
    method, path = endpoint.split()
    for who in {*EVERYBODY, *ALLOWED[endpoint]}:
        answer = world.call(who, method, path)
        assert (answer.status_code != 403) == (who in ALLOWED[endpoint]), who
    assert world.call(None, method, path).json()["code"] == "not_signed_in"


def test_only_a_clerk_changes_a_record(world: World) -> None:
    record = world.a_record()
    for who in ("operator", "auditor"):
        assert world.confirm(record, who=who).status_code == 403
        assert world.post(who, f"/api/records/{record.id}/discard", {"reason": "blank"}).status_code == 403
    assert world.confirm(record, who="administrator").status_code == 200


# --- sessions ---


def test_nobody_gets_in_without_a_token_or_with_a_made_up_one(world: World) -> None:
    headers = [{}, {"Authorization": "Basic YTpi"}, {"Cookie": f"{COOKIE}=x"}]
    headers += [{"Authorization": f"Bearer {new_token(kind)}"} for kind in TokenKind]
    for sent in headers:
        answer = world.get(None, "/api/records", headers=sent)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_session_cookie_is_kept_from_scripts_and_from_other_sites(world: World) -> None:
    answer = signed_in(world)
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=sohoa_session_")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))


def test_a_change_by_cookie_needs_the_csrf_token_of_the_session(world: World) -> None:
    csrf = signed_in(world, "administrator").json()["csrf"]
    body = {"name": "Quầy 9", "unit": WARD}
    assert world.get(None, "/api/stations").status_code == 200  # the cookie is there
    for headers in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": new_csrf()}):
        answer = world.post(None, "/api/stations", body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert world.post(None, "/api/stations", body, headers={"X-CSRF-Token": csrf}).status_code == 201


def test_a_bearer_token_needs_no_csrf_token(world: World) -> None:
    token = signed_in(world, "administrator").json()["token"]
    world.client.cookies.clear()
    world.tokens["me"] = token
    assert world.post("me", "/api/stations", {"name": "Quầy 9", "unit": WARD}).status_code == 201


def test_a_station_key_is_no_session_cookie(world: World) -> None:
    cookie = {"Cookie": f"{COOKIE}={world.tokens['station']}"}
    answer = world.post(None, "/api/batches", declaration("0" * 32, [b"x"]), headers=cookie)
    assert answer.status_code == 401


def test_a_session_ends_when_its_time_is_over(world: World) -> None:
    person = world.get("clerk", "/api/session").json()["staff"]["id"]
    now = datetime.now(UTC)
    for name, ends in (("over", now - timedelta(seconds=1)), ("open", now + timedelta(minutes=1))):
        token = world.tokens[name] = new_token(TokenKind.SESSION)
        with world.services.database.transaction() as tx:
            tx.sessions.open(token_hash(token), person, new_csrf(), now - timedelta(hours=1), ends)
    assert world.get("over", "/api/records").status_code == 401
    assert world.get("open", "/api/records").status_code == 200


def test_a_session_that_was_closed_opens_nothing(world: World) -> None:
    answer = signed_in(world)
    world.tokens["me"] = answer.json()["token"]
    world.client.cookies.clear()
    assert world.call("me", "DELETE", "/api/session").status_code == 204
    assert world.get("me", "/api/session").status_code == 401


def test_a_new_password_ends_all_sessions_of_the_account(world: World) -> None:
    body = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
    wrong = {**body, "old_password": "x"}
    assert world.call("clerk", "PUT", "/api/session/password", json=wrong).json()["code"] == "invalid_value"
    assert world.call("clerk", "PUT", "/api/session/password", json=body).status_code == 204
    assert world.get("clerk", "/api/session").status_code == 401
    assert signed_in(world).status_code == 401
    assert signed_in(world, password=NEW_PASSWORD).status_code == 201


# --- wrong passwords ---


def test_an_unknown_name_and_a_wrong_password_are_told_in_the_same_words(world: World) -> None:
    unknown, wrong = signed_in(world, "nobody"), signed_in(world, password="x")
    assert unknown.status_code == wrong.status_code == 401
    assert {**unknown.json(), "instance": ""} == {**wrong.json(), "instance": ""}


def test_wrong_passwords_slow_down_the_address_but_not_the_account(world: World) -> None:
    for _ in range(5):
        assert signed_in(world, password="x").status_code == 401
    slowed = signed_in(world)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "too_many_requests")
    assert 0 < int(slowed.headers["retry-after"]) <= 10
    elsewhere = {"X-Forwarded-For": "198.51.100.7"}
    body = {"name": "clerk", "password": PASSWORD}
    assert world.post(None, "/api/session", body, headers=elsewhere).status_code == 201
    assert signed_in(world, "auditor").status_code == 201


# --- the first start ---


def test_a_set_up_link_makes_one_administrator_and_works_once(empty_world: World) -> None:
    world = empty_world
    token = new_setup_token(world.services.database, datetime.now(UTC))
    body = {"name": "chief", "password": PASSWORD}
    first = world.post(None, f"/api/setup/{token}", body)
    assert (first.status_code, first.json()["role"]) == (201, "administrator")
    again = world.post(None, f"/api/setup/{token}", {**body, "name": "thief"})
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert new_setup_token(world.services.database, datetime.now(UTC)) is None
    assert signed_in(world, "chief").status_code == 201


def test_a_set_up_link_that_is_made_up_or_old_is_refused(empty_world: World) -> None:
    world = empty_world
    old = new_setup_token(world.services.database, datetime.now(UTC) - timedelta(hours=25))
    for token in (old, new_token(TokenKind.SETUP)):
        body = {"name": "chief", "password": PASSWORD}
        assert world.post(None, f"/api/setup/{token}", body).status_code == 404


def test_a_short_password_is_refused_and_leaves_the_set_up_link_alive(empty_world: World) -> None:
    world = empty_world
    token = new_setup_token(world.services.database, datetime.now(UTC))
    short = world.post(None, f"/api/setup/{token}", {"name": "chief", "password": "short"})
    assert short.json()["code"] == "invalid_value"
    assert world.post(None, f"/api/setup/{token}", {"name": "chief", "password": PASSWORD}).status_code == 201
