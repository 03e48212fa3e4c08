"""Who may do what: staff with a role within org units, and stations with a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.ids import StaffId, StationId, UnitCode


class StaffRole(StrEnum):
    OPERATOR = "operator"  # opens batches, sees own site's batches
    CLERK = "clerk"  # confirms records of the own units
    AUDITOR = "auditor"  # reads records, coverage and the audit trail of the own units
    ADMINISTRATOR = "administrator"  # accounts, stations, data; everything that the others may


@dataclass(frozen=True, slots=True)
class Staff:
    id: StaffId
    name: str  # account name
    role: StaffRole
    units: tuple[UnitCode, ...]  # the org units that the account reaches, each with everything below it
    everywhere: bool = False  # the whole office, whatever `units` says
    active: bool = True


@dataclass(frozen=True, slots=True)
class Station:
    id: StationId
    name: str
    unit: UnitCode
    active: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """What a query may see: rows of these units, or of every unit when `units` is None."""

    units: frozenset[UnitCode] | None

    def covers(self, unit: UnitCode) -> bool:
        return self.units is None or unit in self.units


WHOLE_OFFICE = Scope(None)  # for the pipeline and the administrator's own commands


@dataclass(frozen=True, slots=True)
class StationStatus:
    """A station and when it was last heard of."""

    station: Station
    last_seen_at: datetime | None  # UTC
    clock_skew_seconds: float | None  # by how much the station's clock is ahead of the server's


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signing in is checked against. No hash: nobody can sign in with a password yet."""

    staff: Staff
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in."""

    staff: Staff
    csrf: str
    expires_at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class StationDay:
    """What a station brought in since a moment, and what went wrong with it."""

    batches: int = 0
    unfinished_batches: int = 0  # opened and not completed: something declared has not come
    pages_read: int = 0
    pages_waiting: int = 0
    pages_unreadable: int = 0
    files_refused: int = 0
    files_missing: int = 0  # declared and neither here nor withdrawn
    sequence_gaps: int = 0  # of these, files behind which a later one of the same batch has come

    @property
    def failure_rate(self) -> float | None:
        """Unreadable pages and refused files, of all that was dealt with; None when nothing was."""
        failed = self.pages_unreadable + self.files_refused
        done = failed + self.pages_read
        return failed / done if done else None
