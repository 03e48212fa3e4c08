"""Re-use before scan: id numbers come in bodies only, and none goes out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field, SecretStr

from api.schemas.common import Code, Incoming, Outgoing
from records.owner import DigitisedPaper, ReusedComponent
from records.record import Role

_DIGITS = "The owner's id number, nine or twelve digits."
OwnerId = Field(max_length=40, description=_DIGITS, examples=["082190001234"])


class ReuseSearch(Incoming):
    """Whose paper, which, and on which day it must hold."""

    owner_id: SecretStr = OwnerId
    document_type: Code | None = Field(None, description="Empty: papers of every type.", examples=["GPXD"])
    valid_on: date | None = Field(None, description="Empty: today.")
    issued: date | None = Field(None, description="Only what may be the paper of this day; empty: of any.")


class Reuse(Incoming):
    """The paper that is used again. The owner's id number is checked against the paper once more."""

    owner_id: SecretStr | None = Field(
        None, max_length=40, description=f"{_DIGITS} Empty: somebody whom the dossier's own papers name."
    )
    record: UUID
    component: Code | None = Field(None, description="Code in the procedure's list of components, if known.")
    valid_on: date | None = Field(None, description="Empty: today.")


class Replacing(Incoming):
    """The filed paper that is used again instead of a scan of it, and the dossier that uses it."""

    paper: UUID = Field(description="Id of the filed record.")
    dossier: Code = Field(examples=["H58.30-220303-0012"])
    component: Code | None = Field(None, description="Code in the procedure's list of components, if known.")
    owner_id: SecretStr | None = Field(None, max_length=40, description=f"{_DIGITS} Empty: as it was read.")


class ReusablePaper(Outgoing):
    record: str
    document_type: str
    issued: date | None
    valid_to: date | None = Field(description="Null: the paper names no end.")
    dossier: str = Field(description="Where it is filed.")
    role: Role
    unit: str
    filed_at: datetime

    @classmethod
    def of(cls, paper: DigitisedPaper) -> ReusablePaper:
        return cls(**{name: getattr(paper, name) for name in cls.model_fields})


class ReusablePapers(Outgoing):
    items: list[ReusablePaper]


class ReusedView(Outgoing):
    """A component that was not scanned again."""

    dossier: str
    reused_from: str = Field(description="Id of the record that is used again.")
    document_type: str
    component: str = Field(description="Code in the procedure's list; else the type of the paper.")
    at: datetime
    actor: str = Field(description="Account name.")

    @classmethod
    def of(cls, reused: ReusedComponent) -> ReusedView:
        return cls(**{name: getattr(reused, name) for name in cls.model_fields})


class ReusedList(Outgoing):
    items: list[ReusedView]
