"""What a dossier lacks, and who holds it: the list behind every coverage figure that falls short."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from records.dossier import Dossier
from records.ids import UnitCode


class Holding(StrEnum):
    """Where the result, or a component, is, as far as is known."""

    NOT_SCANNED = "not_scanned"  # with the unit that handles the dossier
    IN_REVIEW = "in_review"  # a paper for this dossier waits for a clerk of the site that scanned it
    IN_FILING = "in_filing"  # confirmed; its PDF/A is being made
    FILING_FAILED = "filing_failed"  # confirmed; a clerk must ask for the filing again


@dataclass(frozen=True, slots=True)
class MissingCase:
    """A resolved dossier without a digitized result."""

    dossier: Dossier
    components_missing: int  # besides the result
    components: tuple[str, ...]  # their codes, where the case system lists them
    holding: Holding
    held_by: UnitCode


@dataclass(frozen=True, slots=True)
class MissingComponents:
    """A dossier with components that must be digitized and are not."""

    dossier: Dossier
    required: int
    digitised: int  # of these, or re-used
    components: tuple[str, ...]  # codes of those that are missing, where a list names them
    holding: Holding
    held_by: UnitCode

    @property
    def missing(self) -> int:
        return self.required - self.digitised
