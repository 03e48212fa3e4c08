"""Components of a dossier, and why some are not digitized."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.common import Incoming, Outgoing
from records.components import DossierComponent
from records.dossier import ExemptionReason
from storage.components import ComponentVersion


class ComponentView(Outgoing):
    """What is known of a component."""

    component: str = Field(description="MaThanhPhanHoSo", examples=["TP01"])
    name: str
    declared: bool = Field(description="The case system lists it.")
    requested: bool = Field(description="The person asks for it to be digitized.")
    reused: bool = Field(description="DuocTaiSuDung: its data existed already.")
    shared: bool = Field(description="DuocLayTuKhoDMQG: from the national store.")
    replaced_by: str | None = Field(description="MaKetQuaThayThe: the earlier result that stands for it.")
    exempt_reason: ExemptionReason | None

    @classmethod
    def of(cls, component: DossierComponent) -> ComponentView:
        return cls(**{name: getattr(component, name) for name in ComponentView.model_fields})


class ComponentList(Outgoing):
    items: list[ComponentView]


class Exempting(Incoming):
    reason: ExemptionReason


class ComponentChange(Outgoing):
    at: datetime
    actor: str
    component: ComponentView | None = Field(description="null: no longer listed")

    @classmethod
    def of(cls, version: ComponentVersion) -> ComponentChange:
        said = version.component
        return cls(at=version.at, actor=version.actor, component=ComponentView.of(said) if said else None)


class ComponentHistory(Outgoing):
    items: list[ComponentChange]
