"""Abbreviations as they stand on paper: kinds of documents, and by what authority somebody signs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindAbbreviation:
    """A kind of document and its abbreviation in number/symbols (Decree 30/2020, Annex III); case counts."""

    kind: str  # "Tờ trình"
    abbreviation: str  # "TTr"; empty for a letter, whose symbol starts with the agency
    source: str  # the list it comes from


@dataclass(frozen=True, slots=True)
class SignatureAuthority:
    """What stands before a signer's title, for example KT. = ký thay (Decree 30/2020, Annex I)."""

    abbreviation: str
    meaning_vi: str
    meaning_en: str
    before: str  # what follows it on the paper
