"""The data that the project ships with: units, procedures, types, indicators and abbreviations as CSV.

All of it can change by decision, so it is imported and dated. A row's `confidence` says published, mission or
unverified; unverified rows are editable data, never law.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from records.ids import DocumentTypeCode, ProcedureCode, UnitCode
from records.org_unit import OrgUnit, Succession
from records.procedure import DocumentType, Indicator, Procedure
from records.report import Column
from records.symbols import KindAbbreviation, OfficialPhrase, Province, SignatureAuthority
from records.vietnamese import folded

DATA = Path(__file__).with_name("data")

# When the procedures began that the file marks as not yet valid in 2022 (from the notes there: unverified).
_FIRST_DAY = {
    "no (2023 on, memory)": date(2023, 1, 1),
    "no (after Luật Đất đai 2024)": date(2024, 8, 1),
    "no (2025 family)": date(2025, 1, 1),
}
_TAKES_DOSSIERS = {"yes", "yes_from_2025"}


def _rows(name: str, folder: Path) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: (value or "").strip() for key, value in row.items()}


def _parts(text: str, separator: str = ";") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator) if part.strip())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> float | None:
    """The number that a cell begins with; `80%` is 0.8, `not given` is None."""
    found = re.match(r"(\d+(?:\.\d+)?)\s*(%?)", text)
    if found is None:
        return None
    return float(found[1]) / 100 if found[2] else float(found[1])


def document_types(folder: Path = DATA) -> tuple[DocumentType, ...]:
    """The taxonomy; `as GKS` in the list of fields stands for the fields of that type."""
    rows = list(_rows("document_types.csv", folder))
    fields = {row["code"]: _parts(row["fields_to_extract"]) for row in rows}
    return tuple(
        DocumentType(
            code=DocumentTypeCode(row["code"]),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            role=row["role"],
            titles=_parts(row["title_words"], "|"),
            domain=row["domain"],
            number_pattern=row["number_pattern"] or None,
            fields=fields.get(row["fields_to_extract"].removeprefix("as "), fields[row["code"]]),
            retention=row["retention"],
            digitize_rule=row["digitize_rule"],
            confidence=row["confidence"],
        )
        for row in rows
    )


def _procedure_code(row: dict[str, str]) -> ProcedureCode:
    """The national code; where none is published, a code of our own that depends on the name only."""
    if row["national_code"]:
        return ProcedureCode(row["national_code"])
    digest = hashlib.sha256(folded(row["name_vi"]).encode()).hexdigest()
    return ProcedureCode(f"local.{digest[:8]}")


def procedures(folder: Path = DATA) -> tuple[Procedure, ...]:
    """The procedures. A written result is needed unless a column `needs_result` says no (none does yet)."""
    return tuple(
        Procedure(
            code=_procedure_code(row),
            name=row["name_vi"],
            domain=row["domain"],
            level=";".join(sorted(_parts(row["level_2022"]))),
            certification=row["is_certification"] == "yes",
            exempt=row["exempt_from_digitization"] == "yes",
            result_types=tuple(map(DocumentTypeCode, _parts(row["result_doc_types"]))),
            needs_result=row.get("needs_result", "yes") != "no",
            valid_from=_FIRST_DAY.get(row["code_valid_in_2022"]),
            confidence="published"
            if row["code_confidence"] == row["name_confidence"] == "published"
            else "unverified",
        )
        for row in _rows("procedures.csv", folder)
    )


def org_units(folder: Path = DATA) -> tuple[OrgUnit, ...]:
    """The org units of 2022 and of 2025, parents before children as in the file."""
    return tuple(
        OrgUnit(
            code=UnitCode(row["unit_code"]),
            name=row["name_vi"],
            kind=row["unit_kind"],
            level=row["admin_level"],
            parent=UnitCode(row["parent_code"]) if row["parent_code"] else None,
            symbol=row["doc_symbol_abbrev"] or None,
            takes_dossiers=row["takes_dossiers_2022"] in _TAKES_DOSSIERS,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            confidence=row["confidence"],
        )
        for row in _rows("org_units.csv", folder)
    )


def successions(folder: Path = DATA) -> tuple[Succession, ...]:
    """Who follows whom. A unit that was dissolved (the city of Mỹ Tho) has no row.

    `successor_code` holds one code, or `A=0.6;B=0.4`; several codes without shares get equal ones.
    """
    found: list[Succession] = []
    for row in _rows("org_units.csv", folder):
        successors = _parts(row["successor_code"])
        for successor in successors:
            code, _, share = successor.partition("=")
            weight = float(share) if share else 1 / len(successors)
            found.append(Succession(UnitCode(row["unit_code"]), UnitCode(code), weight))
    return tuple(found)


def indicators(folder: Path = DATA) -> tuple[Indicator, ...]:
    """Indicators of Decision 766/QĐ-TTg; the row `GROUP` carries the points of the whole group."""
    return tuple(
        Indicator(
            id=row["id"],
            group=row["group"],
            name=row["name_vi"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            threshold=_number(row["threshold_for_full_points"]),
            max_points=_number(row["max_points"]),
            score_rule=row["score_rule"],
        )
        for row in _rows("indicators_766.csv", folder)
    )


def form_columns(form: str, keys: Sequence[str], folder: Path = DATA) -> tuple[Column, ...]:
    """The columns of a statutory form (II06a, digitization, 766) with their heads; `A - B: C` is three heads deep."""
    rows = list(_rows(f"report_{form}_columns.csv", folder))
    return tuple(
        Column(key, tuple(re.split(r" - |: ", row["label_vi"])), _numbering(row["col"], row["rule"]))
        for key, row in zip(keys, rows, strict=True)
    )


def _numbering(number: str, rule: str) -> str:
    """
    >>> _numbering("3", "= 4+5+6; and more")
    '3 = 4+5+6'
    """
    return f"{number} {rule.partition(';')[0]}" if rule.startswith("=") else number


def kind_abbreviations(folder: Path = DATA) -> tuple[KindAbbreviation, ...]:
    """Abbreviations of kinds; a cell such as `GXN / XN` becomes two rows."""
    return tuple(
        KindAbbreviation(row["name_vi"].removesuffix(" (cá biệt)"), abbreviation, row["kind"])
        for row in _rows("document_kind_abbreviations.csv", folder)
        for abbreviation in _parts(row["abbrev"], "/") or ("",)
    )


def signature_authorities(folder: Path = DATA) -> tuple[SignatureAuthority, ...]:
    """TM., Q., KT., TL., TUQ."""
    return tuple(
        SignatureAuthority(row["abbrev"], row["meaning_vi"], row["meaning_en"], row["before"])
        for row in _rows("signature_authority.csv", folder)
    )


def official_phrases(folder: Path = DATA) -> tuple[OfficialPhrase, ...]:
    """Names of agencies and titles of signers as papers print them."""
    return tuple(OfficialPhrase(row["kind"], row["phrase"]) for row in _rows("official_phrases.csv", folder))


def provinces(folder: Path = DATA) -> tuple[Province, ...]:
    """The 63 provinces with their codes in citizens' id numbers."""
    return tuple(Province(row["id_code"], row["name_vi"]) for row in _rows("provinces.csv", folder))


def surnames(folder: Path = DATA) -> tuple[str, ...]:
    """Family names, the frequent ones first."""
    return tuple(row["surname"] for row in _rows("surnames.csv", folder))


def given_names(folder: Path = DATA) -> frozenset[str]:
    """Syllables that stand in middle and given names, lower case."""
    return frozenset(row["syllable"].lower() for row in _rows("given_names.csv", folder))
