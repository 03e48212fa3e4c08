"""Procedures (thủ tục hành chính), the types of papers, and the indicators: dated data, never code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.ids import DocumentTypeCode, ProcedureCode


@dataclass(frozen=True, slots=True)
class Procedure:
    code: ProcedureCode
    name: str
    domain: str  # lĩnh vực
    level: str  # commune, city, "city;commune"
    certification: bool  # chứng thực: out of scope by rule, in the national index's denominator all the same
    exempt: bool  # from digitization
    result_types: tuple[DocumentTypeCode, ...]  # empty: not known which
    needs_result: bool  # a written result is given
    valid_from: date | None = None
    valid_to: date | None = None
    confidence: str = ""

    @property
    def in_reach(self) -> bool:
        """Whether its papers are to be digitized at all."""
        return not (self.certification or self.exempt)


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A row of the taxonomy."""

    code: DocumentTypeCode
    name_vi: str
    name_en: str
    role: str  # input, result, both or process
    titles: tuple[str, ...]  # what stands in capitals on the paper
    domain: str
    number_pattern: str | None  # regular expression of its number/symbol
    fields: tuple[str, ...]
    retention: str
    digitize_rule: str
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of Decision 766/QĐ-TTg with the threshold and points of its day."""

    id: str
    group: str
    name: str
    numerator: str
    denominator: str
    threshold: float | None  # share for full points, 0 … 1
    max_points: float | None
    score_rule: str
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether it is the rule of a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)
