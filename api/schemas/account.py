"""Staff, stations and sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, SecretStr

from api.passwords import LONGEST, SHORTEST
from api.schemas.common import Code, Incoming, Outgoing, ShortText
from records.staff import Staff, StaffRole, Station, StationDay, StationStatus

AccountName = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9._-]{1,63}$",
        description="Account name: small letters, digits, dot, dash, underscore.",
        examples=["lan.nguyen"],
    ),
]
NewPassword = Annotated[
    SecretStr,
    Field(min_length=SHORTEST, max_length=LONGEST, description=f"{SHORTEST} to {LONGEST} characters."),
]
GivenPassword = Annotated[SecretStr, Field(max_length=1000)]
Units = Annotated[
    list[Code],
    Field(max_length=500, description="Org units that the account reaches, each with everything below it."),
]


class SignIn(Incoming):
    name: str = Field(max_length=100, examples=["lan.nguyen"])
    password: GivenPassword


class StaffView(Outgoing):
    id: str
    name: str
    role: StaffRole
    units: list[str]
    everywhere: bool = Field(description="The whole office, whatever `units` says.")
    active: bool

    @classmethod
    def of(cls, staff: Staff) -> StaffView:
        return cls(
            id=staff.id,
            name=staff.name,
            role=staff.role,
            units=list(staff.units),
            everywhere=staff.everywhere,
            active=staff.active,
        )


class StaffList(Outgoing):
    items: list[StaffView]


class SessionView(Outgoing):
    """Who is signed in, and the CSRF token that changes need when they come with the cookie."""

    staff: StaffView
    csrf: str
    expires_at: datetime


class NewSession(SessionView):
    token: str = Field(description="The same session for scripts: Authorization: Bearer …; shown only now.")


class PasswordChange(Incoming):
    old_password: GivenPassword
    new_password: NewPassword


class FirstAdministrator(Incoming):
    name: AccountName
    password: NewPassword


class StaffAddition(Incoming):
    name: AccountName
    password: NewPassword
    role: StaffRole
    units: Units = Field(default_factory=list)
    everywhere: bool = False


class StaffChange(Incoming):
    """Only what is given changes. A new password or the end of an account ends its sessions."""

    password: NewPassword | None = None
    role: StaffRole | None = None
    units: Units | None = None
    everywhere: bool | None = None
    active: bool | None = None


class StationView(Outgoing):
    id: str
    name: str
    unit: str
    active: bool

    @classmethod
    def of(cls, station: Station) -> StationView:
        return cls(id=station.id, name=station.name, unit=station.unit, active=station.active)


class OwnStationView(StationView):
    """What a station is told of itself."""

    now: datetime = Field(description="By the service's clock.")
    clock_skew_seconds: float | None = Field(
        description="Positive: the station's clock is ahead; null: it did not say."
    )
    max_file_bytes: int = Field(description="The largest file that is taken.")


class StationDayView(Outgoing):
    """What the station brought in today (in Vietnam)."""

    batches: int
    unfinished_batches: int = Field(description="Opened and not completed: a declared file has not come.")
    pages_read: int
    pages_waiting: int
    pages_unreadable: int
    files_refused: int
    files_missing: int = Field(description="Declared, and neither here nor withdrawn.")
    sequence_gaps: int = Field(
        description="Of these, files that a later one of the same batch has overtaken: look at the scanner."
    )
    failure_rate: float | None = Field(
        description="Unreadable pages and refused files ÷ all dealt with; null: nothing was."
    )


class StationDetail(StationView):
    last_seen_at: datetime | None
    clock_skew_seconds: float | None = Field(description="Positive: the station's clock is ahead.")
    today: StationDayView

    @classmethod
    def of_status(cls, status: StationStatus, day: StationDay) -> StationDetail:
        return cls(
            **StationView.of(status.station).model_dump(),
            last_seen_at=status.last_seen_at,
            clock_skew_seconds=status.clock_skew_seconds,
            today=StationDayView(**{name: getattr(day, name) for name in StationDayView.model_fields}),
        )


class StationList(Outgoing):
    items: list[StationDetail]


class StationWithKey(StationView):
    key: str = Field(description="Shown only now; send it as Authorization: Bearer ….")


class StationKey(StationView):
    """A station after a change."""

    key: str | None = Field(description="The new key, if one was asked for; shown only now.")


class StationAddition(Incoming):
    name: ShortText = Field(min_length=1, examples=["Phường 4, quầy 1"])
    unit: Code


class StationChange(Incoming):
    active: bool | None = None
    new_key: bool = Field(False, description="Make a new key; the old one ends at once.")
