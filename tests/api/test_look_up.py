"""The look-up of the touch screens: how far a dossier is, nothing about its owner, and not for machines that guess."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from api.pace import Pace
from records.dossier import Dossier, Stage, stage_of
from records.errors import TooManyRequests
from records.ids import ProcedureCode
from tests.api.world import CODE, START, WARD, World

DOSSIER = Dossier(CODE, ProcedureCode("1.001193"), WARD, START, owner="Nguyễn Văn Anh")
LATER = START + timedelta(days=30)


def test_whoever_holds_a_receipt_sees_how_far_it_is_and_no_owner(world: World) -> None:
    with world.services.database.transaction() as tx:
        tx.dossiers.upsert([replace(DOSSIER, due_at=START, finished_at=START)], "test", datetime.now(UTC))
    for typed in (CODE, f"https://dichvucong.example/tracuu?mahs={CODE}", f" {CODE.lower()} "):
        answer = world.post(None, "/api/look-up", {"code": typed})
        assert answer.status_code == 200
        assert (answer.json()["stage"], answer.json()["code"]) == ("ready", CODE)
        assert "Nguy" not in answer.text


def test_an_unknown_code_and_no_code_are_told_apart(world: World) -> None:
    assert (
        world.post(None, "/api/look-up", {"code": "H58.30-220303-9999"}).json()["code"] == "dossier_unknown"
    )
    assert world.post(None, "/api/look-up", {"code": "hello"}).json()["code"] == "invalid_dossier_code"


@pytest.mark.parametrize(
    ("dossier", "stage"),
    [
        (DOSSIER, Stage.IN_PROGRESS),
        (replace(DOSSIER, due_at=LATER + timedelta(days=1)), Stage.IN_PROGRESS),
        (replace(DOSSIER, due_at=START), Stage.LATE),
        (replace(DOSSIER, due_at=START, finished_at=START), Stage.READY),
        (replace(DOSSIER, finished_at=START, returned_at=START), Stage.RETURNED),
    ],
)
def test_the_stage_follows_the_days(dossier: Dossier, stage: Stage) -> None:
    assert stage_of(dossier, LATER) is stage


def test_an_address_that_asks_too_often_waits_and_others_do_not() -> None:
    clock = [0.0]
    pace = Pace(per_minute=60, at_once=2, now=lambda: clock[0])
    pace.take("a")
    pace.take("a")
    with pytest.raises(TooManyRequests) as refused:
        pace.take("a")
    assert refused.value.facts["retry_after"] == 1
    pace.take("b")
    clock[0] += 1
    pace.take("a")


def test_a_machine_that_tries_codes_is_told_to_wait(world: World) -> None:
    answers = [world.post(None, "/api/look-up", {"code": CODE}) for _ in range(40)]
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert int(refused.headers["Retry-After"]) >= 1
