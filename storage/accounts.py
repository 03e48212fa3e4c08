"""Staff accounts. Passwords are hashed before they come here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from records.errors import InvalidValue, NotFound
from records.ids import StaffId, UnitCode
from records.staff import Credentials, Staff, StaffRole
from storage.inserts import insert_if_new
from storage.tables import sessions, staff, staff_units


class Accounts:
    """The staff table. Account names are compared as they are stored: callers fold the case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, person: Staff, password_hash: str | None, at: datetime) -> None:
        """Add an account; raises InvalidValue when the name is taken."""
        row = {
            "id": person.id,
            "name": person.name,
            "role": person.role.value,
            "everywhere": person.everywhere,
            "active": person.active,
            "password_hash": password_hash,
            "added_at": at,
        }
        if not insert_if_new(self._connection, staff, row):
            raise InvalidValue("an account with this name exists")
        self._set_units(person.id, person.units)

    def count(self) -> int:
        """How many accounts there are: none means that the office is not set up yet."""
        return self._connection.execute(select(func.count()).select_from(staff)).scalar_one()

    def list(self) -> tuple[Staff, ...]:
        """All accounts by name."""
        return self._staff()

    def get(self, person: StaffId) -> Staff:
        """An account; raises NotFound."""
        found = self._staff(staff.c.id == person)
        if not found:
            raise NotFound("no account with this id")
        return found[0]

    def by_name(self, name: str) -> Staff | None:
        """The account of this name, active or not."""
        return next(iter(self._staff(staff.c.name == name)), None)

    def credentials(self, name: str) -> Credentials | None:
        """An active account with its password hash, for signing in."""
        found = self._staff(staff.c.name == name, staff.c.active)
        if not found:
            return None
        query = select(staff.c.password_hash).where(staff.c.id == found[0].id)
        return Credentials(found[0], self._connection.execute(query).scalar())

    def set_password_hash(self, person: StaffId, password_hash: str) -> None:
        """Change the password and end the account's sessions; raises NotFound."""
        self._change(person, password_hash=password_hash)
        self._end_sessions(person)

    def set_role(
        self, person: StaffId, role: StaffRole, units: Iterable[UnitCode], *, everywhere: bool = False
    ) -> None:
        """Change what the account may do, and where; raises NotFound."""
        self._change(person, role=role.value, everywhere=everywhere)
        self._set_units(person, units)

    def disable(self, person: StaffId) -> None:
        """Lock the account and end its sessions; raises NotFound. Accounts are never deleted: history names them."""
        self._change(person, active=False)
        self._end_sessions(person)

    def enable(self, person: StaffId) -> None:
        """Unlock the account; raises NotFound."""
        self._change(person, active=True)

    def _change(self, person: StaffId, **values: object) -> None:
        if self._connection.execute(update(staff).where(staff.c.id == person).values(values)).rowcount != 1:
            raise NotFound("no account with this id")

    def _set_units(self, person: StaffId, units: Iterable[UnitCode]) -> None:
        self._connection.execute(delete(staff_units).where(staff_units.c.staff == person))
        rows = [{"staff": person, "unit": unit} for unit in dict.fromkeys(units)]
        if rows:
            self._connection.execute(insert(staff_units), rows)

    def _end_sessions(self, person: StaffId) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.staff == person))

    def _staff(self, *conditions: ColumnElement[bool]) -> tuple[Staff, ...]:
        query = select(staff).where(*conditions).order_by(staff.c.name)
        rows = self._connection.execute(query).mappings().all()
        units: dict[str, list[UnitCode]] = {row["id"]: [] for row in rows}
        reach = select(staff_units).where(staff_units.c.staff.in_(units)).order_by(staff_units.c.unit)
        for row in self._connection.execute(reach).mappings():
            units[row["staff"]].append(UnitCode(row["unit"]))
        return tuple(
            Staff(
                id=StaffId(row["id"]),
                name=row["name"],
                role=StaffRole(row["role"]),
                units=tuple(units[row["id"]]),
                everywhere=row["everywhere"],
                active=row["active"],
            )
            for row in rows
        )
