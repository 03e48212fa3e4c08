"""Staff accounts, for the administrator. Accounts are never deleted: the history names them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from api.auth import Administrator
from api.problems import problems
from api.schemas.account import StaffAddition, StaffChange, StaffList, StaffView
from api.state import State
from records.errors import IllegalTransition, InvalidValue, NotFound
from records.ids import StaffId, UnitCode, new_id
from records.staff import Staff, StaffRole
from storage.database import Transaction

router = APIRouter(tags=["Accounts"])

StaffKey = Annotated[UUID, Path(description="Id of the account.")]


@router.get("/api/staff", operation_id="list_staff", summary="List accounts")
def list_staff(state: State, caller: Administrator) -> StaffList:
    """All accounts by name, also those that are locked."""
    with state.services.database.snapshot() as tx:
        found = tx.accounts.list()
    return StaffList(items=[StaffView.of(person) for person in found])


@router.post(
    "/api/staff",
    operation_id="add_staff",
    summary="Add an account",
    status_code=201,
    responses=problems(InvalidValue),
)
def add_staff(body: StaffAddition, state: State, caller: Administrator) -> StaffView:
    """Give somebody an account with a first password. An administrator reaches the whole office."""
    now = datetime.now(UTC)
    hashed = state.passwords.hash(body.password.get_secret_value())
    everywhere = body.everywhere or body.role is StaffRole.ADMINISTRATOR
    person = Staff(
        StaffId(new_id()), body.name, body.role, tuple(map(UnitCode, body.units)), everywhere=everywhere
    )
    with state.services.database.transaction() as tx:
        check_units(tx, person.units)
        tx.accounts.add(person, hashed, now)
        tx.audit.append(caller.actor, "staff.added", person.id, _rights(person), now)
    return StaffView.of(person)


@router.patch(
    "/api/staff/{id}",
    operation_id="change_staff",
    summary="Change an account",
    responses=problems(NotFound, InvalidValue, IllegalTransition),
)
def change_staff(id: StaffKey, body: StaffChange, state: State, caller: Administrator) -> StaffView:
    """Change rights, set a new password, lock or unlock. The last administrator cannot lock himself out."""
    now = datetime.now(UTC)
    hashed = state.passwords.hash(body.password.get_secret_value()) if body.password else None
    with state.services.database.transaction() as tx:
        person = tx.accounts.get(StaffId(str(id)))
        changed = _changed(person, body)
        check_units(tx, changed.units)
        _check_administrator_left(tx, changed)
        _save(tx, person, changed, hashed)
        details = {**_rights(changed), "active": changed.active, "password": hashed is not None}
        tx.audit.append(caller.actor, "staff.changed", person.id, details, now)
    return StaffView.of(changed)


def _changed(person: Staff, body: StaffChange) -> Staff:
    role = body.role or person.role
    everywhere = person.everywhere if body.everywhere is None else body.everywhere
    return Staff(
        id=person.id,
        name=person.name,
        role=role,
        units=person.units if body.units is None else tuple(dict.fromkeys(map(UnitCode, body.units))),
        everywhere=everywhere or role is StaffRole.ADMINISTRATOR,
        active=person.active if body.active is None else body.active,
    )


def _save(tx: Transaction, person: Staff, changed: Staff, password_hash: str | None) -> None:
    tx.accounts.set_role(person.id, changed.role, changed.units, everywhere=changed.everywhere)
    if password_hash is not None:
        tx.accounts.set_password_hash(person.id, password_hash)
    if changed.active != person.active:
        (tx.accounts.enable if changed.active else tx.accounts.disable)(person.id)


def _check_administrator_left(tx: Transaction, changed: Staff) -> None:
    others = (person for person in tx.accounts.list() if person.id != changed.id)
    if not any(_administers(person) for person in (changed, *others)):
        raise IllegalTransition("there must be one active administrator")


def _administers(person: Staff) -> bool:
    return person.active and person.role is StaffRole.ADMINISTRATOR


def check_units(tx: Transaction, units: tuple[UnitCode, ...]) -> None:
    """Raise InvalidValue for a code that no org unit has."""
    known = {unit.code for unit in tx.catalogue.units()}
    if not known.issuperset(units):
        raise InvalidValue("there is no org unit with this code", field="units")


def _rights(person: Staff) -> dict[str, object]:
    return {"role": person.role.value, "units": list(person.units), "everywhere": person.everywhere}
