"""The types of papers as title patterns, compiled from the taxonomy's rows and the list of kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from classify.fuzzy import allowed, find, prefix
from records.ids import DocumentTypeCode
from records.procedure import DocumentType
from records.record import UNKNOWN_TYPE
from records.symbols import KindAbbreviation
from records.vietnamese import folded

ERRORS = 0.16  # share of misread letters that a title may have
INSIDE = 11  # patterns at least this long also count inside a title that begins otherwise


@dataclass(frozen=True, slots=True)
class TitlePattern:
    key: str  # folded
    code: DocumentTypeCode
    pairs: frozenset[str]  # its pairs of neighbouring letters, to pass over titles that cannot match


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A pattern found at the beginning of a title (or inside it); `end` is a position in the folded title."""

    pattern: TitlePattern
    similarity: float  # 1 = letter by letter
    end: int
    edits: int


class Taxonomy:
    """Looks up types by title and by the abbreviation in their number."""

    def __init__(self, types: Iterable[DocumentType], abbreviations: Iterable[KindAbbreviation]) -> None:
        self.types = {row.code: row for row in types}
        patterns = [
            _pattern(title, row.code)
            for row in self.types.values()
            for title in row.titles
            if len(title) > 4 and title.isupper()
        ]
        known = {pattern.key for pattern in patterns}
        kinds = [row for row in abbreviations if row.abbreviation]
        others = [_pattern(row.kind, UNKNOWN_TYPE) for row in kinds if folded(row.kind) not in known]
        first: dict[str, TitlePattern] = {}
        for pattern in [*_without_twins(patterns), *others]:
            first.setdefault(pattern.key, pattern)
        self._patterns = sorted(first.values(), key=lambda pattern: -len(pattern.key))
        self._longest = max((len(pattern.key) for pattern in self._patterns), default=0)
        by_title = {pattern.key: pattern.code for pattern in self._patterns}
        self._administrative = {
            by_title[folded(row.kind)]
            for row in kinds
            if row.source == "administrative document" and folded(row.kind) in by_title
        }
        self._by_kind = {row.abbreviation: by_title.get(folded(row.kind), UNKNOWN_TYPE) for row in kinds}

    def of_kind(self, abbreviation: str) -> DocumentTypeCode | None:
        """The type that an abbreviation in a number stands for; OTHER for a kind that the taxonomy has not."""
        return self._by_kind.get(abbreviation)

    def kinds_of(self, code: DocumentTypeCode) -> frozenset[str]:
        """The abbreviations that a number of this type may carry."""
        return frozenset(kind for kind, of in self._by_kind.items() if of == code and code != UNKNOWN_TYPE)

    def is_administrative(self, code: DocumentTypeCode) -> bool:
        """Whether it is one of the kinds of Decree 30/2020 with number and summary; decrees and circulars too."""
        return code in self._administrative or bool(
            {"summary", "number"} <= set(self.types[code].fields) if code in self.types else False
        )

    def has_summary(self, code: DocumentTypeCode) -> bool:
        """Whether such a paper says under its title what it is about: administrative kinds and requests."""
        return self.is_administrative(code) or (code in self.types and "request" in self.types[code].fields)

    def best(self, key: str, capitals: str) -> TitleMatch | None:
        """The pattern that this folded title begins with, the longest of the good ones; else one inside it.

        `capitals` is the part of the title that is printed in capitals: only there a pattern counts inside. A kind
        that the taxonomy has no type for ("GIẤY CHỨNG NHẬN …") gives way to a type named inside.
        """
        found = [
            m for m in (_at_start(p, key) for p in self._likely(key[: self._longest + 4])) if m is not None
        ]
        whole = [match for match in found if not _tail_misread(match, found)]
        best = max(
            whole,
            key=lambda match: (match.similarity * len(match.pattern.key), match.similarity),
            default=None,
        )
        if best is not None and best.pattern.code != UNKNOWN_TYPE:
            return best
        typed = [p for p in self._likely(capitals) if p.code != UNKNOWN_TYPE]
        inside = [match for match in (_inside(p, capitals) for p in typed) if match is not None]
        return max(inside, key=lambda match: len(match.pattern.key), default=best)

    def _likely(self, key: str) -> list[TitlePattern]:
        """Patterns that can match at all: an edit spoils at most two pairs of letters (Ukkonen 1992)."""
        pairs = _pairs(key)
        return [p for p in self._patterns if len(p.pairs - pairs) <= 2 * allowed(p.key, ERRORS)]


def _tail_misread(match: TitleMatch, others: Iterable[TitleMatch]) -> bool:
    """Whether a long title owes its match to a short one that it begins with: "Thông báo về việc n(gh)ỉ"."""
    return any(
        match.pattern.key.startswith(short.pattern.key)
        and match.edits - short.edits > allowed(match.pattern.key[len(short.pattern.key) :], ERRORS)
        for short in others
        if short is not match
    )


def _pattern(title: str, code: DocumentTypeCode) -> TitlePattern:
    return TitlePattern(folded(title), code, _pairs(folded(title)))


def _pairs(key: str) -> frozenset[str]:
    return frozenset(key[i : i + 2] for i in range(len(key) - 1))


def _without_twins(patterns: list[TitlePattern]) -> list[TitlePattern]:
    """Where types share a title (three kinds of decision), the plainest stands for it: the shortest code."""
    return sorted(patterns, key=lambda pattern: len(pattern.code))


def _at_start(pattern: TitlePattern, key: str) -> TitleMatch | None:
    if len(key) < len(pattern.key) * (1 - ERRORS):
        return None
    found = prefix(pattern.key, key[: len(pattern.key) + 4])
    ends_word = found.end >= len(key) or not key[found.end].isalnum()
    if found.edits > allowed(pattern.key, ERRORS) or not ends_word:
        return None
    return TitleMatch(pattern, 1 - found.edits / len(pattern.key), found.end, found.edits)


def _inside(pattern: TitlePattern, key: str) -> TitleMatch | None:
    if len(pattern.key) < INSIDE or len(key) < len(pattern.key):
        return None
    found = find(pattern.key, key)
    if found.edits > (allowed(pattern.key, ERRORS) if len(pattern.key) >= 18 else 0):
        return None
    return TitleMatch(pattern, 0.95 * (1 - found.edits / len(pattern.key)), found.end, found.edits)
