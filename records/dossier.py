"""A dossier (hồ sơ) as the case system knows it, and how a paper counts for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.ids import DossierCode, ProcedureCode, UnitCode


class Channel(StrEnum):
    """How the dossier came in: KenhThucHien 1, 2, 3."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class ExemptionReason(StrEnum):
    """Why a component is not digitized (Circular 01/2023, article 4)."""

    SHARED_DATA = "SHARED_DATA"
    PHOTOCOPY = "PHOTOCOPY"
    CERTIFIED_COPY = "CERTIFIED_COPY"
    PRESENT_ONLY = "PRESENT_ONLY"
    SECRET = "SECRET"  # noqa: S105  (a reason, no password)
    CERTIFICATION_PROCEDURE = "CERTIFICATION_PROCEDURE"


@dataclass(frozen=True, slots=True)
class Dossier:
    code: DossierCode
    procedure: ProcedureCode
    unit: UnitCode  # DonViXuLy: the unit that handles it
    received_at: datetime  # NgayTiepNhan
    due_at: datetime | None = None  # NgayHenTra
    finished_at: datetime | None = None  # NgayKetThucXuLy
    returned_at: datetime | None = None  # NgayTra
    status: str = ""  # TrangThaiHoSo, as given
    channel: Channel | None = None
    owner: str | None = None  # ChuHoSo: personal data, shown only inside
    components_required: int | None = None  # components that must be digitized, where the import says so

    @property
    def resolved_at(self) -> datetime | None:
        """When it was resolved: finished, else returned."""
        return self.finished_at or self.returned_at


class Stage(StrEnum):
    """How far a dossier is, for the person who handed it in."""

    IN_PROGRESS = "in_progress"
    LATE = "late"  # in progress after the promised day
    READY = "ready"
    RETURNED = "returned"


def stage_of(dossier: Dossier, now: datetime) -> Stage:
    """How far a dossier is at a moment."""
    if dossier.returned_at is not None:
        return Stage.RETURNED
    if dossier.finished_at is not None:
        return Stage.READY
    return Stage.LATE if dossier.due_at is not None and now > dossier.due_at else Stage.IN_PROGRESS


class ResultState(StrEnum):
    """Where the digitized result of a dossier stands, as coverage counts it."""

    FILED = "filed"
    MISSING = "missing"  # resolved, in need of one, none filed: in the gap
    NOT_YET = "not_yet"  # not resolved
    NOT_NEEDED = "not_needed"  # no written result, certification, or exempt

    @classmethod
    def of(cls, *, filed: bool, required: bool, resolved: bool) -> ResultState:
        """
        >>> ResultState.of(filed=False, required=True, resolved=True)
        <ResultState.MISSING: 'missing'>
        """
        if filed:
            return cls.FILED
        if not required:
            return cls.NOT_NEEDED
        return cls.MISSING if resolved else cls.NOT_YET


@dataclass(frozen=True, slots=True)
class Upserted:
    """What an import did to the dossiers that were there."""

    new: int
    changed: int
    same: int

    def __add__(self, other: Upserted) -> Upserted:
        return Upserted(self.new + other.new, self.changed + other.changed, self.same + other.same)
