"""The layouts: one module for each family of papers, and the table of all kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samples.papers import (
    administrative,
    business,
    civil_status,
    decisions,
    extracts,
    forms,
    land,
    permits,
    process,
    receipts,
    social,
    stacked,
    tables,
)
from samples.papers.desk import Desk
from samples.sheet import A4, A4_LANDSCAPE


@dataclass(frozen=True)
class Layout:
    """How one kind of paper is made: its code in document_types.csv, its writer, its share among random papers."""

    document_type: str
    write: Callable[[Desk], None]
    weight: float = 1.0
    size_mm: tuple[float, float] = A4
    separator: bool = False


LAYOUTS: dict[str, Layout] = {
    "decision": Layout("QD", decisions.decision, 8),
    "ministry_decision": Layout("QD", decisions.ministry_decision, 2),
    "normative_decision": Layout("QDQP", decisions.normative_decision, 1.5),
    "resolution": Layout("NQ", decisions.resolution, 1.5),
    "letter": Layout("CV", administrative.letter, 10),
    "submission": Layout("TTR", administrative.submission, 4),
    "notice": Layout("TB", administrative.notice, 4),
    "plan": Layout("KH", administrative.plan, 2),
    "report": Layout("BC", administrative.report, 3),
    "directive": Layout("CT", administrative.directive, 2),
    "programme": Layout("CTR", administrative.programme, 1),
    "guidance": Layout("HD", administrative.guidance, 1),
    "invitation": Layout("GM", administrative.invitation, 1.5),
    "minutes": Layout("BB", administrative.minutes, 2),
    "social_allowance": Layout("QDTC", decisions.social_allowance, 2),
    "receipt": Layout("GTN", receipts.receipt, 8, separator=True),
    "cover_sheet": Layout("OTHER", receipts.cover_sheet, 1, separator=True),
    "control_slip": Layout("PKS", process.control_slip, 1.5),
    "supplement_request": Layout("PYC", process.supplement_request, 1.5),
    "refusal": Layout("PTC", process.refusal, 1),
    "apology": Layout("PXL", process.apology, 1),
    "birth_certificate": Layout("GKS", civil_status.birth_certificate, 3),
    "birth_extract": Layout("TLKS", extracts.birth_extract, 3),
    "death_extract": Layout("TLKT", extracts.death_extract, 2),
    "marriage_extract": Layout("TLKH", extracts.marriage_extract, 2),
    "marriage_certificate": Layout("GCNKH", civil_status.marriage_certificate, 2),
    "marital_status": Layout("XNHN", civil_status.marital_status, 3),
    "correction_extract": Layout("TLCC", extracts.correction_extract, 1.5),
    "building_permit": Layout("GPXD", permits.building_permit, 4),
    "alcohol_permit": Layout("GPRUOU", permits.alcohol_permit, 1.5),
    "tobacco_permit": Layout("GPTL", permits.tobacco_permit, 1),
    "food_safety": Layout("ATTP", permits.food_safety, 1),
    "household_business": Layout("HKD", business.household_business, 4),
    "business_notice": Layout("TBHKD", business.business_notice, 1.5),
    "land_certificate": Layout("GCNQSDD", land.land_certificate, 3),
    "cadastral_extract": Layout("TDBD", land.cadastral_extract, 1),
    "transfer_contract": Layout("HDCN", land.transfer_contract, 1),
    "gift_contract": Layout("HDTC", land.gift_contract, 1),
    "disability": Layout("XNKT", social.disability, 1.5),
    "poor_household": Layout("GCNHN", social.poor_household, 1),
    "confirmation": Layout("GXN", social.confirmation, 1.5),
    "declaration": Layout("TK", forms.declaration, 4),
    "application": Layout("DDN", forms.application, 4),
    "power_of_attorney": Layout("GUQ", forms.power_of_attorney, 1.5),
    "ruled_list": Layout("OTHER", tables.ruled_list, 1.5),
    "open_list": Layout("OTHER", tables.open_list, 1),
    "landscape_list": Layout("OTHER", tables.landscape_list, 1, size_mm=A4_LANDSCAPE),
    "circular": Layout("TT", decisions.circular, 1),
    "decree": Layout("ND", decisions.decree, 1),
    "parent_recognition": Layout("TLCMC", extracts.parent_recognition, 1),
    "guardianship": Layout("TLGH", extracts.guardianship, 1),
    # by name only: a share of their own would change the paper of every seed that was tuned or graded on
    "stacked_letter": Layout("CV", stacked.stacked_letter, 0),
    "stacked_notice": Layout("TB", stacked.stacked_notice, 0),
}
