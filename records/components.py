"""Components (thành phần hồ sơ): which of a procedure's must be digitized, and what a dossier says of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.dossier import Dossier, ExemptionReason
from records.ids import DossierCode, ProcedureCode


class MustDigitize(StrEnum):
    """Why a component of a procedure must be digitized (Decree 107/2021; Circular 01/2023), or that it need not."""

    PRIOR_RESULT = "prior_result"  # it is the result of an earlier procedure
    SECTOR_LAW = "sector_law"
    PROVINCIAL_LIST = "provincial_list"
    ON_DEMAND = "on_demand"  # only where the person asks for it
    NO = "no"


@dataclass(frozen=True, slots=True)
class ProcedureComponent:
    """A component of a procedure, as of some day: dated data, never code."""

    procedure: ProcedureCode
    component: str  # MaThanhPhanHoSo
    name: str
    must_digitize: MustDigitize
    valid_from: date | None = None
    valid_to: date | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class DossierComponent:
    """What the case system, and whoever exempted it, say of a dossier's component."""

    component: str
    name: str = ""
    declared: bool = True  # by the case system
    requested: bool = False  # the person asks for it to be digitized
    reused: bool = False  # DuocTaiSuDung
    shared: bool = False  # DuocLayTuKhoDMQG: from the national store
    replaced_by: str | None = None  # MaKetQuaThayThe
    exempt_reason: ExemptionReason | None = None


@dataclass(frozen=True, slots=True)
class DeclaredComponents:
    """All components that the case system lists for a dossier; those it listed before and no longer are gone."""

    dossier: DossierCode
    components: tuple[DossierComponent, ...]


@dataclass(frozen=True, slots=True)
class DossierTold:
    """What the case system tells of a dossier: its data and, where it lists them, its components."""

    dossier: Dossier
    components: tuple[DossierComponent, ...] | None = None
