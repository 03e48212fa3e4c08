"""What stands on paper in a fixed form: abbreviations, names of agencies and titles, names of provinces."""

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


@dataclass(frozen=True, slots=True)
class OfficialPhrase:
    """A name, title or turn of phrase as it is spelled, to set right marks that were misread."""

    kind: str  # agency, signer_title or summary (words of summaries)
    text: str


@dataclass(frozen=True, slots=True)
class Province:
    """A province of before July 2025 with the code that begins its citizens' id numbers."""

    id_code: str  # three digits
    name: str
