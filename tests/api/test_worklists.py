"""Worklists over HTTP, and a dossier that a site is asked to digitize."""

from tests.api.world import CODE, World

CASES = (
    "MaHoSo,MaTTHC,DonViXuLy,NgayTiepNhan,NgayKetThucXuLy\n"
    "H58.30-220304-0013,1.001193,P1,04/03/2022 08:00,05/03/2022 09:00\n"
    "H58.30-220304-0014,1.001193,P2,04/03/2022 08:00,06/03/2022 09:00\n"
)
MINE = "H58.30-220304-0013"


def furnished(world: World) -> World:
    answer = world.call("administrator", "POST", "/api/dossiers/import", content=CASES.encode())
    assert answer.json()["new"] == 2
    return world


def test_what_is_missing_is_listed_by_urgency_for_the_own_units(world: World) -> None:
    furnished(world)
    (item,) = world.get("clerk", "/api/worklists/missing_result").json()["items"]
    assert (item["dossier"], item["hand_over_by"], item["urgency"]) == (MINE, "2023-03-05", "overdue")
    everybody = world.get("chief-auditor", "/api/worklists/missing_result", params={"limit": 1}).json()
    assert everybody["next"]
    assert world.get("operator", "/api/worklists/missing_result").status_code == 403
    assert world.get("clerk", "/api/worklists/everything").status_code == 422


def test_every_list_says_how_long_it_is(world: World) -> None:
    furnished(world)
    world.a_record()
    counts = world.get("clerk", "/api/worklists").json()["counts"]
    assert counts == {"missing_result": 1, "low_resolution": 1, "unsigned": 0, "late": 0, "exempt": 0}
    (item,) = world.get("clerk", "/api/worklists/low_resolution").json()["items"]
    assert (item["dpi"], item["dossier"]) == (150, None)


def test_a_dossier_is_assigned_to_a_site_that_then_sees_it(world: World) -> None:
    furnished(world)
    path = f"/api/dossiers/{MINE}/assignment"
    assert world.call("clerk", "PUT", path, json={"site": "P2"}).json()["code"] == "not_allowed"
    assert world.call("auditor", "PUT", path, json={"site": "P1"}).status_code == 403
    assert world.call("administrator", "PUT", path, json={"site": "P99"}).status_code == 404
    assigned = world.call("administrator", "PUT", path, json={"site": "P2"}).json()["items"]
    assert [(one["site"], one["assigned_by"], one["ended_at"]) for one in assigned] == [
        ("P2", "administrator", None)
    ]
    seen = world.get("other-clerk", "/api/worklists/missing_result", params={"site": "P2"}).json()["items"]
    assert [one["dossier"] for one in seen] == [MINE]
    history = world.call("clerk", "DELETE", path).json()["items"]
    assert [(one["site"], one["ended_by"]) for one in history] == [("P2", "clerk")]
    assert world.get("auditor", f"/api/dossiers/{MINE}/assignments").json()["items"] == history
    entries = world.get("chief-auditor", "/api/audit", params={"subject": MINE}).json()["items"]
    assert [(one["actor"], one["details"]) for one in entries if one["action"] == "dossier.assigned"] == [
        ("clerk", {"site": None}),
        ("administrator", {"site": "P2"}),
    ]


def test_a_dossier_beyond_reach_is_not_assigned(world: World) -> None:
    furnished(world)
    path = "/api/dossiers/H58.30-220304-0014/assignment"
    assert world.call("clerk", "PUT", path, json={"site": "P1"}).status_code == 404
    assert world.call("clerk", "DELETE", f"/api/dossiers/{CODE}/assignment").json()["items"] == []
