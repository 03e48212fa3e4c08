"""Dated data that people choose from: types of papers, org units, procedures."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.common import Outgoing
from records.org_unit import OrgUnit
from records.procedure import DocumentType, Procedure


class DocumentTypeView(Outgoing):
    code: str = Field(examples=["QD"])
    name_vi: str
    name_en: str
    role: str = Field(description="input, result, both or process")
    domain: str
    fields: list[str] = Field(description="Names of the fields that such a paper has.")
    retention: str
    digitize_rule: str
    confidence: str = Field(description="published, mission or unverified")

    @classmethod
    def of(cls, kind: DocumentType) -> DocumentTypeView:
        parts = {name: getattr(kind, name) for name in cls.model_fields}
        return cls(**{**parts, "fields": list(kind.fields)})


class DocumentTypeList(Outgoing):
    items: list[DocumentTypeView]


class UnitView(Outgoing):
    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    takes_dossiers: bool
    valid_from: date | None
    valid_to: date | None = Field(description="The last day.")
    confidence: str

    @classmethod
    def of(cls, unit: OrgUnit) -> UnitView:
        return cls(**{name: getattr(unit, name) for name in cls.model_fields})


class UnitList(Outgoing):
    items: list[UnitView]


class ProcedureView(Outgoing):
    code: str = Field(examples=["1.001193"])
    name: str
    domain: str
    level: str
    certification: bool
    exempt: bool
    needs_result: bool
    result_types: list[str]
    valid_from: date | None
    valid_to: date | None
    confidence: str

    @classmethod
    def of(cls, procedure: Procedure) -> ProcedureView:
        parts = {name: getattr(procedure, name) for name in cls.model_fields}
        return cls(**{**parts, "result_types": list(procedure.result_types)})


class ProcedureList(Outgoing):
    items: list[ProcedureView]
