"""What a paper is: title, number and layout weighed against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classify.cues import CONFIDENCE, type_by_cues
from classify.found import Found
from classify.layout import Layout
from classify.number_symbol import NumberSymbol
from classify.stamps import is_certified
from classify.taxonomy import Taxonomy
from classify.titles import Title
from records.ids import DocumentTypeCode
from records.page import Box
from records.record import UNKNOWN_TYPE, Classification, Evidence
from records.vietnamese import folded

DECISION = DocumentTypeCode("QD")
NORMATIVE_DECISION = DocumentTypeCode("QDQP")
ALLOWANCE_DECISION = DocumentTypeCode("QDTC")
LETTER = DocumentTypeCode("CV")
CERTIFIED_COPY = DocumentTypeCode("BSCT")
_ADDRESSEE = re.compile(r"^\W*k[ií]nh g[uứ][iỉ]\b")
_ALLOWANCE = re.compile(r"tro (?:cap|giup) (?:xa hoi|hang thang|huu tri)|bao tro xa hoi")
NOTHING_FOUND = 0.3


@dataclass(frozen=True)
class Clues:
    """What speaks for a type, gathered from the first page."""

    layout: Layout
    title: Title | None
    number: NumberSymbol | None
    number_at: Found | None
    letter_subject: Found | None

    @property
    def letterness(self) -> float:
        """How much the page looks like an official letter: no kind in its number, "V/v", an addressee."""
        if self.number is not None and self.number.kind not in (None, "CV"):
            return 0.0
        if self.number is not None and self.number.year and self.number.kind != "CV":
            return 0.0  # no letter's number carries a year: a court's does
        score = 0.45 if self.letter_subject is not None else 0.0
        score += 0.35 if any(_ADDRESSEE.match(s.key) for s in self.layout.segments) else 0.0
        return score + (0.2 if self.number is not None and self.number.kind in (None, "CV") else 0.0)


def decide(clues: Clues, pages: Sequence[Layout], subject: str | None, taxonomy: Taxonomy) -> Classification:
    """The type with its confidence, other types that were considered, and why."""
    votes = _votes(clues, taxonomy)
    evidence = tuple(_evidence(clues))
    certified = _certified_copy(pages)
    if certified is not None:
        votes[CERTIFIED_COPY] = 0.9
        evidence += (certified,)
    if not votes:
        by_cues = type_by_cues(clues.layout)
        if by_cues is None:
            return Classification(UNKNOWN_TYPE, NOTHING_FOUND, (), evidence)
        return Classification(
            by_cues, CONFIDENCE, (), (*evidence, Evidence("body_cues", clues.layout.number))
        )
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    best = _refined(ranked[0][0], clues, subject)
    others = tuple((code, round(score, 3)) for code, score in ranked[1:4] if code != best)
    return Classification(best, round(ranked[0][1], 3), others, evidence)


def _votes(clues: Clues, taxonomy: Taxonomy) -> dict[DocumentTypeCode, float]:
    votes: dict[DocumentTypeCode, float] = {}
    by_title = clues.title.match.pattern.code if clues.title else None
    kind = clues.number.kind if clues.number else None
    by_kind = taxonomy.of_kind(kind) if kind else None
    if clues.title is not None and by_title is not None:
        votes[by_title] = 0.97 * clues.title.score
    if by_kind is not None:
        _weigh_kind(votes, by_title, by_kind)
    letterness = clues.letterness
    if letterness >= 0.5:
        votes[LETTER] = max(votes.get(LETTER, 0.0), 0.98 * letterness)
        if by_title not in (None, LETTER) and letterness > 0.9:
            votes[by_title] = min(votes[by_title], 0.6)
    return votes


def _weigh_kind(
    votes: dict[DocumentTypeCode, float], by_title: DocumentTypeCode | None, by_kind: DocumentTypeCode
) -> None:
    """The kind in the number: agreeing makes sure, contradicting makes doubt, alone it is good evidence."""
    if by_title == by_kind:
        votes[by_kind] = 1 - 0.2 * (1 - votes[by_kind])
    elif by_title is None:
        votes[by_kind] = 0.85 if by_kind != UNKNOWN_TYPE else 0.6
    else:
        votes[by_title] *= 0.9
        votes[by_kind] = max(votes.get(by_kind, 0.0), 0.6)


def _refined(code: DocumentTypeCode, clues: Clues, subject: str | None) -> DocumentTypeCode:
    """Types that share the title QUYẾT ĐỊNH, told apart by number and subject."""
    if code != DECISION:
        return code
    if clues.number is not None and clues.number.year and clues.number.kind == "QĐ":  # a court's is QĐST
        return NORMATIVE_DECISION
    local = clues.number is None or clues.number.symbol.endswith(
        "UBND"
    )  # people's committees grant allowances
    return ALLOWANCE_DECISION if local and subject and _ALLOWANCE.search(folded(subject)) else code


def _evidence(clues: Clues) -> list[Evidence]:
    found: list[Evidence] = []
    layout = clues.layout
    if clues.title is not None:
        words = [word for line in clues.title.lines for word in line.words]
        found.append(Evidence("title", layout.number, layout.stored(words)))
    if clues.number_at is not None and clues.number_at.words:
        found.append(Evidence("number_symbol", layout.number, _stored(clues.number_at)))
    if clues.letter_subject is not None:
        found.append(Evidence("letter_subject", layout.number, _stored(clues.letter_subject)))
    return found


def _stored(found: Found) -> Box:
    return found.layout.stored(found.words)


def _certified_copy(pages: Sequence[Layout]) -> Evidence | None:
    """The stamp of a certified copy (Decree 23/2015), wherever it stands."""
    for layout in pages:
        for segment in layout.segments:
            if is_certified(segment):
                return Evidence("certified_copy_stamp", layout.number, layout.stored(segment.words))
    return None
