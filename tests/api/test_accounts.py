"""Staff and stations over HTTP."""

from tests.api.world import PASSWORD, WARD, World

NEW = {"name": "new.clerk", "password": PASSWORD, "role": "clerk", "units": [WARD]}


def staff_id(world: World, name: str) -> str:
    return str(world.get(name, "/api/session").json()["staff"]["id"])


def sign_in(world: World, name: str, password: str = PASSWORD) -> int:
    return world.post(None, "/api/session", {"name": name, "password": password}).status_code


def test_an_account_is_added_with_a_role_and_units_and_can_sign_in(world: World) -> None:
    answer = world.post("administrator", "/api/staff", NEW)
    assert answer.status_code == 201
    assert (answer.json()["role"], answer.json()["units"]) == ("clerk", [WARD])
    assert PASSWORD not in answer.text
    assert sign_in(world, "new.clerk") == 201
    assert sign_in(world, "NEW.Clerk ") == 201  # names are typed in many ways


def test_an_account_needs_a_free_name_known_units_and_a_password_of_some_length(world: World) -> None:
    for change in (
        {"name": "clerk"}, {"name": "With Blank"}, {"units": ["NOWHERE"]}, {"password": "short"},
        {"role": "king"}, {"rights": "all"},
    ):  # fmt: skip
        answer = world.post("administrator", "/api/staff", {**NEW, **change})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_value"), change


def test_an_administrator_reaches_the_whole_office(world: World) -> None:
    answer = world.post("administrator", "/api/staff", {**NEW, "role": "administrator"})
    assert answer.json()["everywhere"] is True


def test_a_locked_account_is_out_at_once_and_comes_back(world: World) -> None:
    path = f"/api/staff/{staff_id(world, 'clerk')}"
    assert world.call("administrator", "PATCH", path, json={"active": False}).json()["active"] is False
    assert world.get("clerk", "/api/records").status_code == 401
    assert sign_in(world, "clerk") == 401
    assert world.call("administrator", "PATCH", path, json={"active": True}).status_code == 200
    assert sign_in(world, "clerk") == 201


def test_a_change_of_rights_counts_for_sessions_that_are_open(world: World) -> None:
    path = f"/api/staff/{staff_id(world, 'clerk')}"
    world.call("administrator", "PATCH", path, json={"units": ["P2"], "role": "auditor"})
    session = world.get("clerk", "/api/session").json()["staff"]
    assert (session["role"], session["units"]) == ("auditor", ["P2"])
    assert world.get("clerk", "/api/dossiers").json()["items"] == []


def test_a_password_that_the_administrator_sets_ends_the_sessions(world: World) -> None:
    path = f"/api/staff/{staff_id(world, 'clerk')}"
    world.call("administrator", "PATCH", path, json={"password": "another long one"})
    assert world.get("clerk", "/api/records").status_code == 401
    assert sign_in(world, "clerk", "another long one") == 201


def test_the_last_administrator_cannot_be_lost(world: World) -> None:
    path = f"/api/staff/{staff_id(world, 'administrator')}"
    for change in ({"active": False}, {"role": "clerk"}):
        answer = world.call("administrator", "PATCH", path, json=change)
        assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")
    world.post("administrator", "/api/staff", {**NEW, "role": "administrator"})
    assert world.call("administrator", "PATCH", path, json={"active": False}).status_code == 200


def test_a_stations_key_is_shown_once_and_opens_batches(world: World) -> None:
    added = world.post("administrator", "/api/stations", {"name": "Quầy 9", "unit": WARD}).json()
    assert added["key"].startswith("sohoa_station_")
    assert added["key"] not in world.get("administrator", "/api/stations").text
    world.tokens["quay-9"] = added["key"]
    world.open(b"%PDF-1.7 one", who="quay-9")


def test_a_new_key_ends_the_old_one_and_a_locked_station_is_out(world: World) -> None:
    added = world.post("administrator", "/api/stations", {"name": "Quầy 9", "unit": WARD}).json()
    world.tokens["old"] = added["key"]
    path = f"/api/stations/{added['id']}"
    batch = world.open(b"%PDF-1.7 one", who="old")
    world.tokens["new"] = world.call("administrator", "PATCH", path, json={"new_key": True}).json()["key"]
    assert world.get("old", f"/api/batches/{batch}").status_code == 401
    assert world.get("new", f"/api/batches/{batch}").status_code == 200
    assert world.call("administrator", "PATCH", path, json={"active": False}).json()["active"] is False
    assert world.get("new", f"/api/batches/{batch}").status_code == 401


def test_a_station_tells_when_it_was_seen_and_how_far_off_its_clock_is(world: World) -> None:
    def seen() -> tuple[object, object]:
        stations = world.get("operator", "/api/stations").json()["items"]
        found = next(one for one in stations if one["id"] == "station")
        return found["last_seen_at"], found["clock_skew_seconds"]

    assert seen() == (None, None)
    headers = {"Date": "Tue, 01 Mar 2022 08:00:00 GMT"}
    world.call("station", "GET", "/api/batches/00000000-0000-0000-0000-000000000000", headers=headers)
    at, skew = seen()
    assert at is not None
    assert isinstance(skew, float)
    assert skew < -3600 * 24 * 365


def test_the_audit_trail_tells_who_changed_what_and_holds_no_secret(world: World) -> None:
    world.post("administrator", "/api/staff", NEW)
    answer = world.get("chief-auditor", "/api/audit", params={"limit": 1})
    (entry,) = answer.json()["items"]
    assert (entry["actor"], entry["action"]) == ("administrator", "staff.added")
    assert entry["details"] == {"role": "clerk", "units": [WARD], "everywhere": False}
    assert PASSWORD not in answer.text
    with world.services.database.snapshot() as tx:
        assert tx.audit.verify() is None
